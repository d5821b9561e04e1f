import { join } from "node:path";
import { createMachineTimers } from "../adapters/clock/machine-timers.js";
import { encodePicture } from "../adapters/picture/encode-picture.js";
import { createModelPlanner } from "../planning/model/model-planner.js";
import type { PlannerTurn } from "../planning/model/planner-turn.js";
import { createGrammarPlanner } from "../planning/index.js";
import { createOnboardPlanner, readOnce } from "../planning/onboard/onboard-planner.js";
import type { Clock } from "../ports/clock.js";
import type { Consultant } from "../ports/consultant.js";
import type { Planner } from "../ports/planner.js";
import { createPlannerRouter, type PlannerSwitch } from "./planner-router.js";
import type { Launch } from "./launch/launch-schema.js";
import { plannersOf, type PlannerConfig } from "./launch/planner-schema.js";
import { packageRoot } from "./package-root.js";

export interface PlannerDeps {
  readonly clock: Clock;
  /** Told when one planner of a list hands over to the next, and why. */
  readonly onSwitch: (change: PlannerSwitch) => void;
  readonly trace?: (turn: PlannerTurn) => void;
  /** Whom model planners may ask; made only for those. */
  readonly consultant?: () => Promise<Consultant>;
}

/** The planner that the launch file names; a list becomes a router over its planners. */
export async function createPlanner(launch: Launch, deps: PlannerDeps): Promise<Planner> {
  const planners: Planner[] = [];
  for (const config of plannersOf(launch.planner)) planners.push(await createOne(config, launch, deps));
  if (planners.length === 1) return planners[0];
  // A server that hangs must leave the others their share of the time that one plan may take.
  const limitMs = (launch.mission.planTimeoutS * 1000) / planners.length;
  return createPlannerRouter(planners, { onSwitch: deps.onSwitch, limitMs, timers: createMachineTimers() });
}

async function createOne(config: PlannerConfig, launch: Launch, deps: PlannerDeps): Promise<Planner> {
  switch (config.type) {
    case "grammar":
      return createGrammarPlanner();
    case "onboard": {
      const { createOnnxWords } = await import("../adapters/onnx/create-onnx-words.js");
      const reader = await createOnnxWords({ modelDir: config.modelDir ?? join(packageRoot(), "models", "words") });
      await readOnce(reader);
      return createOnboardPlanner({ reader, fallback: createGrammarPlanner() });
    }
    case "openai-compatible":
    case "ollama":
    case "google":
    case "anthropic": {
      // The servers' client libraries take a quarter of a second to load: only for those who use one.
      const { createModelClient } = await import("./create-model-client.js");
      return createModelPlanner({
        client: createModelClient(config),
        offline: launch.offline,
        conventionRules: launch.conventions,
        clock: deps.clock,
        pictureOf: encodePicture,
        limits: {
          maxSteps: launch.safety.maxSteps,
          maxOutputTokens: config.maxOutputTokens,
          temperature: config.temperature,
        },
        ...(config.convention === undefined ? {} : { convention: config.convention }),
        ...(deps.consultant === undefined ? {} : { consultant: await deps.consultant() }),
        ...(deps.trace === undefined ? {} : { trace: deps.trace }),
      });
    }
  }
}

/** Names of the planners in order, for summaries: `ollama > grammar`. */
export const plannerLabel = (launch: Launch): string =>
  plannersOf(launch.planner)
    .map((planner) => planner.type)
    .join(" > ");
