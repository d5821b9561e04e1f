import { launchFrom, type CommonOptions } from "./common-options.js";

export interface ProbeOptions extends CommonOptions {
  readonly json?: boolean;
}

/**
 * Works out how the planner's models write points. 0: every one as missions read it; 1: one otherwise, or it could not be told; 2: the
 * launch file has no model.
 */
export async function probeCommand(options: ProbeOptions): Promise<number> {
  const launch = launchFrom(options);
  const off = new AbortController();
  const interrupt = (): void => off.abort();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    // Loaded only here: it brings the servers' client libraries along.
    const { probeModels } = await import("../../app/models/probe-model.js");
    const probed = await probeModels(launch, { signal: off.signal });
    if (options.json === true) process.stdout.write(`${JSON.stringify(probed)}\n`);
    else for (const one of probed) process.stdout.write(`${describe(one)}\n`);
    return probed.every(({ result, used }) => result.ok && result.value.convention.name === used) ? 0 : 1;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

type Probed = Awaited<ReturnType<typeof import("../../app/models/probe-model.js").probeModels>>[number];

function describe({ model, result, used }: Probed): string {
  if (!result.ok) return `${model}: ${result.code}: ${result.message}`;
  const { convention, worstError } = result.value;
  const found = `${model} writes points as ${convention.name}; furthest off by ${(worstError * 100).toFixed(1)} % of the picture.`;
  if (convention.name === used) return `${found}\nMissions read it so.`;
  const set = `Set planner.convention to "${convention.name}" (--set planner.convention=${convention.name}), and probe again.`;
  return used === undefined
    ? `${found}\nThe model is in no table, so missions refuse it. ${set}`
    : `${found}\nMissions would read it as ${used}, and reach for wrong places. ${set}`;
}
