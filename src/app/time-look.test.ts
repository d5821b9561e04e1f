import { expect, it } from "vitest";
import type { Frame } from "../domain/frame.js";
import { timeLook, type LookPart } from "./time-look.js";

it("tells how long each part of a look took, and nothing of one that failed", async () => {
  let nowMs = 0;
  const told: [LookPart, number][] = [];
  const after = <T>(ms: number, value: T): Promise<T> => {
    nowMs += ms;
    return Promise.resolve(value);
  };
  const close = (): Promise<void> => Promise.resolve();
  const frame = {} as Frame;
  const timed = timeLook(
    {
      camera: { name: "head", hasDepth: false, latest: () => after(20, frame), close },
      grounder: { name: "oracle", ground: () => after(150, []), close },
      depth: { name: "none", estimate: () => Promise.reject(new Error("no depth")), close },
    },
    (part, seconds) => told.push([part, seconds]),
    () => nowMs,
  );

  await timed.camera.latest({ maxAgeMs: 1 });
  await timed.grounder.ground(frame, { phrases: [] });
  await expect(timed.depth.estimate(frame)).rejects.toThrow("no depth");

  expect(told).toEqual([
    ["capture", 0.02],
    ["ground", 0.15],
  ]);
});
