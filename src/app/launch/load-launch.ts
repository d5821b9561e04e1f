import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import type { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import { packageRoot } from "../package-root.js";
import { launchSchema, type Launch } from "./launch-schema.js";
import { setOverride } from "./set-override.js";

export const DEFAULT_LAUNCH_FILE = "launch/kitchen-sim.json";

/**
 * Reads and checks a launch file. A relative path is looked up in the working folder, then in the package.
 * Throws `bad-launch-file` naming the field, the value found and the value expected.
 */
export function loadLaunch(path: string, overrides: readonly string[] = []): Launch {
  const file = locate(path);
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ControllerError("bad-launch-file", `${file} is not a readable JSON file: ${reason}`, { cause });
  }
  for (const override of overrides) raw = setOverride(raw, override);

  const parsed = launchSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.flatMap(innermost).map((issue) => describeIssue(issue, raw));
  throw new ControllerError("bad-launch-file", `${file} does not fit:\n${lines.join("\n")}`);
}

function locate(path: string): string {
  const candidates = isAbsolute(path) ? [path] : [resolve(path), join(packageRoot(), path)];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  throw new ControllerError(
    "bad-launch-file",
    `There is no launch file at ${candidates.join(" or ")}. The package's own are in ${join(packageRoot(), "launch")}.`,
  );
}

/** Where a field may be one of several shapes, the issues of the shape that was meant: the one that does not fail as a whole. */
function innermost(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const meant = issue.errors.find((branch) => branch.every((inner) => inner.path.length > 0)) ?? [];
  if (meant.length === 0) return [issue];
  return meant.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }));
}

function describeIssue(issue: z.core.$ZodIssue, raw: unknown): string {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    const where = path.length > 0 ? path.join(".") : "the top level";
    return `  ${where}: found the unknown field ${issue.keys.map((key) => `"${key}"`).join(", ")}; check its spelling against docs/reference/launch.md.`;
  }
  const found = valueAt(raw, issue.path);
  const shown = found === undefined ? "nothing" : JSON.stringify(found);
  return `  ${path.join(".") || "the whole file"}: found ${shown}; ${expectation(issue)}.`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value")
    return `expected one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
  if (issue.code === "invalid_type") return `expected ${issue.expected}`;
  if (issue.code === "too_small") return `expected at least ${String(issue.minimum)}`;
  if (issue.code === "too_big") return `expected at most ${String(issue.maximum)}`;
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options)) {
    return `expected one of ${issue.options.map((option) => JSON.stringify(option)).join(", ")}`;
  }
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let node: unknown = raw;
  for (const key of path) {
    if (typeof node !== "object" || node === null) return undefined;
    node = (node as Record<PropertyKey, unknown>)[key];
  }
  return node;
}
