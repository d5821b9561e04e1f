import { expect, it } from "vitest";
import { decodeCompressedDepth } from "../ros/decode-depth.js";
import { encodeDepth } from "./encode-depth.js";

it("writes depth that is read back to the half millimetre, no reading as no reading", async () => {
  const [width, height] = [37, 11];
  const depthM = Float32Array.from({ length: width * height }, (_, i) => (i % 7 === 0 ? 0 : 0.3 + i * 0.0137));
  depthM[5] = 99; // beyond what 16 bits of millimetres hold

  const data = await encodeDepth(depthM, width, height);
  const read = await decodeCompressedDepth({
    format: "16UC1; compressedDepth png",
    data: data.toString("base64"),
  });

  expect(read).toMatchObject({ ok: true, value: { width, height } });
  const found = read.ok ? read.value.depthM : new Float32Array();
  expect(found[5]).toBeCloseTo(65.535, 3);
  const errors = depthM.map((metres, i) => (i === 5 ? 0 : Math.abs(found[i] - metres)));
  expect(Math.max(...errors)).toBeLessThan(0.00051);
});
