import { execFile } from "node:child_process";
import { totalmem } from "node:os";
import { promisify } from "node:util";
import type { MachineMemory } from "./estimate-memory.js";

const QUERY = ["--query-gpu=name,memory.total", "--format=csv,noheader,nounits"];
const LIMIT_MS = 5_000;

/** RAM, and the GPUs that `nvidia-smi` knows; a machine without it has none that can be asked. */
export async function machineMemory(
  ask: (file: string, args: readonly string[]) => Promise<string> = async (file, args) =>
    (await promisify(execFile)(file, [...args], { timeout: LIMIT_MS })).stdout,
): Promise<MachineMemory> {
  const text = await ask("nvidia-smi", QUERY).catch(() => "");
  return { ramBytes: totalmem(), gpus: readGpus(text) };
}

/** Lines such as `NVIDIA H200, 143771`; MiB. */
export function readGpus(text: string): MachineMemory["gpus"] {
  return text
    .split("\n")
    .flatMap((line) => {
      const match = /^\s*(.+?)\s*,\s*(\d+)\s*$/.exec(line);
      return match === null ? [] : [{ name: match[1], bytes: Number(match[2]) * 1024 * 1024 }];
    })
    .sort((a, b) => b.bytes - a.bytes);
}
