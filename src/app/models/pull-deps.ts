import { statfs } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Http } from "../../adapters/model-store/index.js";
import { ControllerError } from "../../domain/errors.js";
import { HUB, type PullOptions } from "./pull-model.js";

type Env = Readonly<Record<string, string | undefined>>;

/** The mirror that the environment or the launch file names; the environment's counts. Throws `bad-input` on what is no address. */
export function mirrorFrom(env: Env, modelMirror: string | undefined): string | undefined {
  const mirror = env["HANDEYE_MODEL_MIRROR"] ?? modelMirror;
  if (mirror === undefined || mirror === "") return undefined;
  if (URL.canParse(mirror) && /^https?:$/.test(new URL(mirror).protocol)) return mirror;
  throw new ControllerError("bad-input", `Expected an address in HANDEYE_MODEL_MIRROR, found "${mirror}".`);
}

/** The network as a pull sees it: the token from HF_TOKEN is for the hub and for the mirror that the person has set, for no other host. */
export function httpFrom(env: Env, mirror: string | undefined): Http {
  const token = env["HF_TOKEN"];
  const tokenHosts = [HUB, ...(mirror === undefined ? [] : [mirror])].map((address) => new URL(address).host);
  return { fetch: globalThis.fetch, tokenHosts, ...(token === undefined || token === "" ? {} : { token }) };
}

/** This machine's processes, disk and time. */
export const machineDeps: Pick<PullOptions, "processes" | "freeBytes" | "delay"> = {
  processes: {
    own: process.pid,
    isAlive(pid) {
      try {
        process.kill(pid, 0);
        return true;
      } catch (error) {
        // Somebody else's process is alive, too.
        return error instanceof Error && "code" in error && error.code === "EPERM";
      }
    },
  },
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  delay: (ms, { signal }) => delay(ms, undefined, { signal }),
};
