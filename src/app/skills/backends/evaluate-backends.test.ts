import { describe, expect, it } from "vitest";
import { aDetection } from "../../../../test/support/a-detection.js";
import { aLook } from "../../../../test/support/a-look.js";
import { backendDeps } from "../../../../test/support/backend-deps.js";
import { paintFrame } from "../../../../test/support/painted-frame.js";
import { evaluateBackends } from "./evaluate-backends.js";

/** Boxes side by side: what overlaps would be two readings of one thing. */
const thing = (id: string, kind: string, color: string, x0: number) => ({
  ...aDetection({ id, kind, color, center: [0.4, 0.3 - x0, 0.76] }),
  box: { x0, y0: 0.4, x1: x0 + 0.1, y1: 0.6 },
});
const look = aLook({
  detections: [thing("d1", "mug", "red", 0.1), thing("d2", "apple", "red", 0.3), thing("d3", "apple", "green", 0.5)],
});

async function ask(question: string) {
  const { port } = await evaluateBackends.onboard.open({ type: "onboard" }, backendDeps());
  const picture = { ...paintFrame(), perceive: async () => look };
  return port.answer(picture, question, { signal: new AbortController().signal });
}

describe("the on-board eyes, examined,", () => {
  it.each([
    ["Is there a mug in this image? Please answer yes or no.", "Yes"],
    ["Is there a bottle in the image?", "No"],
    ["Is there a red apple in the picture? Answer the question using a single word or phrase.", "Yes"],
    ["Is there a blue mug?", "No"],
    ["Are there two apples in this image? Please answer yes or no.", "Yes"],
    ["Are there 3 apples in this image?", "No"],
    ["Are there only one mugs in the picture?", "Yes"],
    ["Is there only one apple in the picture? Please answer yes or no.", "No"],
    ["Is the mug red?", "Yes"],
    ["Is the mug blue?", "No"],
    ["Is the green apple to the right of the mug? Please answer yes or no.", "Yes"],
  ])("answer %j with %s", async (question, answer) => {
    expect(await ask(question)).toEqual({ ok: true, value: answer });
  });

  it.each(["Is there a person in the image?", "Is this photo taken in a garden?", ""])(
    "answer %j not at all",
    async (question) => {
      expect(await ask(question)).toMatchObject({ ok: false, code: "unsupported" });
    },
  );
});
