import { describe, expect, it } from "vitest";
import { aDetection } from "../../../test/support/a-detection.js";
import { aLook } from "../../../test/support/a-look.js";
import { answerFromScene } from "./onboard-asker.js";

const { scene } = aLook({
  detections: [
    aDetection({ id: "d1", kind: "mug", color: "red" }),
    aDetection({ id: "d2", kind: "apple", color: "red", center: [0.4, 0.2, 0.76] }),
    aDetection({ id: "d3", kind: "apple", color: "green", center: [0.4, -0.2, 0.76] }),
  ],
});

describe("the on-board eyes answer", () => {
  it.each([
    ["Is there a mug in this image? Please answer yes or no.", "Yes"],
    ["Is there a bottle in the image?", "No"],
    ["Is there a red apple in the picture? Answer the question using a single word or phrase.", "Yes"],
    ["Is there a blue mug?", "No"],
    ["Are there two apples in this image? Please answer yes or no.", "Yes"],
    ["Are there 3 apples in this image?", "No"],
    ["Are there only one mugs in the picture?", "Yes"],
    ["Is the mug red?", "Yes"],
    ["Is the mug blue?", "No"],
  ])("%j with %s", (question, answer) => {
    expect(answerFromScene(question, scene)).toEqual({ ok: true, value: answer });
  });

  it.each(["Is there a person in the image?", "Is this photo taken in a garden?", "What is it?", ""])(
    "%j not at all",
    (question) => {
      expect(answerFromScene(question, scene)).toMatchObject({ ok: false, code: "unsupported" });
    },
  );
});
