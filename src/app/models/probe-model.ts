import { encodePicture } from "../../adapters/picture/encode-picture.js";
import { CONVENTIONS, conventionFor } from "../../planning/model/convention-table.js";
import { probeConvention, type ProbedConvention, type ProbeFailure } from "../../planning/model/probe-convention.js";
import { ControllerError } from "../../domain/errors.js";
import { fail, type Result } from "../../domain/result.js";
import { createModelClient } from "../create-model-client.js";
import type { Launch } from "../launch/launch-schema.js";
import { plannersOf, type ModelPlannerConfig } from "../launch/planner-schema.js";

export interface ProbedModel {
  readonly model: string;
  readonly type: ModelPlannerConfig["type"];
  readonly result: Result<ProbedConvention, ProbeFailure | "unsupported">;
  /** Name of the convention that missions with this launch file read the model by; undefined: they refuse it. */
  readonly used?: string;
}

/** Shows every model of the launch file's planner a picture whose points are known. Throws `bad-input` when it has no model. */
export async function probeModels(
  launch: Launch,
  { signal }: { signal: AbortSignal },
): Promise<readonly ProbedModel[]> {
  const configs = plannersOf(launch.planner).filter(
    (config): config is ModelPlannerConfig => config.type !== "grammar" && config.type !== "onboard",
  );
  if (configs.length === 0) {
    throw new ControllerError(
      "bad-input",
      "handeye models probe needs a planner with a model behind a server; found none. Name one: --set planner.type=ollama --set planner.model=qwen3-vl:8b.",
    );
  }
  const own = launch.conventions.flatMap(({ convention }) => (typeof convention === "string" ? [] : [convention]));
  const probed: ProbedModel[] = [];
  for (const config of configs) {
    const client = createModelClient(config);
    try {
      const result =
        launch.offline && client.leavesMachine
          ? fail("unsupported" as const, `${config.model} is not on this machine, and offline is set.`)
          : await probeConvention(client, encodePicture, {
              signal,
              rules: launch.conventions,
              candidates: [...own, ...CONVENTIONS],
            });
      const used = conventionFor(config.model, { configured: config.convention, rules: launch.conventions });
      probed.push({ model: config.model, type: config.type, result, ...(used.ok && { used: used.value.name }) });
    } finally {
      await client.close();
    }
  }
  return probed;
}
