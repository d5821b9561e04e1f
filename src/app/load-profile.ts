import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import { rosProfileSchema, type RosProfile } from "../adapters/ros/profile-schema.js";
import { ControllerError } from "../domain/errors.js";
import { packageRoot } from "./package-root.js";

/**
 * Reads and checks a robot profile: a path, relative to the working folder or the package, or the bare name of one in
 * launch/profiles. Throws `bad-launch-file` naming the field, and the values that would do.
 */
export function loadProfile(name: string): { readonly profile: RosProfile; readonly folder: string } {
  const candidates = isAbsolute(name)
    ? [name]
    : [resolve(name), join(packageRoot(), name), join(packageRoot(), "launch/profiles", `${name}.json`)];
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new ControllerError("bad-launch-file", `There is no robot profile at ${candidates.join(" or ")}.`);
  }
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ControllerError("bad-launch-file", `${file} is not a readable JSON file: ${reason}`, { cause });
  }
  const parsed = rosProfileSchema.safeParse(raw);
  if (parsed.success) return { profile: parsed.data, folder: dirname(file) };
  throw new ControllerError("bad-launch-file", `${file} does not fit:\n${z.prettifyError(parsed.error)}`);
}

/** JSON schema of a robot profile, for editors (`$schema`). */
export const profileJsonSchema = (): z.core.JSONSchema.BaseSchema => z.toJSONSchema(rosProfileSchema, { io: "input" });
