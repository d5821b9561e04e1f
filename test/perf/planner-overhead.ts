import { encodePicture } from "../../src/adapters/picture/encode-picture.js";
import { createRandom } from "../../src/domain/random.js";
import { createModelPlanner } from "../../src/planning/model/model-planner.js";
import { kitchen } from "../support/scene-builder.js";
import { createScriptedModel } from "../support/scripted-model.js";
import { ms, timeCalls, type Measurement } from "./measure.js";

const TIMES = 60;

/** A planning turn behind a model that answers at once: picture, prompt, schema, reading and grounding at 640 x 480. */
export async function measurePlannerOverhead(): Promise<readonly Measurement[]> {
  const scene = kitchen({ left: "open" }).build();
  const { width, height } = scene.view;
  const random = createRandom(1);
  // Shades with a camera's noise on them.
  const rgb = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => (Math.floor(i / 3) % width) / 4 + random.below(6),
  );
  const frame = { ...scene.view, rgb, depthM: new Float32Array(width * height).fill(1) };
  const lines: Measurement[] = [];
  for (const model of ["qwen3-vl:8b", "qwen2.5vl:7b"]) {
    const client = createScriptedModel({
      model,
      answer: () =>
        '```json\n{"steps":[{"action":"grasp","target":{"label":"red mug","detectionId":"red-mug","point":null}}]}\n```',
    });
    const limits = { maxSteps: 20, maxOutputTokens: 1000, temperature: 0 };
    const planner = createModelPlanner({ client, pictureOf: encodePicture, limits });
    const plan = () =>
      planner.plan(
        { instruction: "take the red mug", scene, frame, history: [], answers: [] },
        { signal: new AbortController().signal },
      );
    const time = await timeCalls(plan, { times: TIMES, warmUp: 10 });
    lines.push({
      name: `planning turn, ${model}`,
      value: ms(time.p95Ms),
      beside: `median ${ms(time.medianMs)}; without the server`,
    });
  }
  return lines;
}
