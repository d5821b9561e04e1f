import { describe, expect, it, vi } from "vitest";
import { aDetection } from "../../test/support/a-detection.js";
import { aLook } from "../../test/support/a-look.js";
import { ControllerError } from "../domain/errors.js";
import type { EventBody } from "../domain/event.js";
import type { Look, Perception } from "../ports/perception.js";
import { createSimStack } from "./create-runtime.js";
import { loadLaunch } from "./launch/load-launch.js";
import { createQuestions } from "./questions.js";

const seen = aLook({ detections: [aDetection({ id: "d1", kind: "mug", color: "red" })] });

function start(look: () => Promise<Look> = async () => seen) {
  const events: EventBody[] = [];
  let timeOut = (): void => undefined;
  const perception: Perception = { name: "painted", look, reset: () => undefined, close: async () => undefined };
  const questions = createQuestions({
    perception,
    timers: { after: (_ms, callback) => ((timeOut = callback), () => undefined) },
    emit: (event) => void events.push(event),
    held: () => undefined,
    names: { robot: "r", planner: "p", perception: "painted" },
  });
  return { questions, events, timeOut: () => timeOut() };
}

describe("questions where instructions go", () => {
  it.each([
    ["how many mugs are there?", "One: a red mug."],
    ["有几个杯子？", "一个：一个红色的杯子。"],
  ])("%s is answered from a look, and claims no deed", async (question, message) => {
    const { questions, events } = start();

    expect(await questions.answer(question)).toEqual({ outcome: "done", grade: "observed", message, receipts: [] });
    expect(events.map(({ event }) => event)).toEqual(["mission-start", "scene", "say", "mission-end"]);
    expect(events[2]).toEqual({ event: "say", text: message });
  });

  it("leaves instructions to missions", () => {
    const { questions, events } = start();

    expect(questions.answer("can you take the mug?")).toBeUndefined();
    expect(questions.answer("take the mug")).toBeUndefined();
    expect(events).toEqual([]);
  });

  it("says what is wrong with the eyes", async () => {
    const { questions, events } = start(() =>
      Promise.reject(new ControllerError("stale-frame", "The picture is old.")),
    );

    expect(await questions.answer("what do you see?")).toMatchObject({ outcome: "failed", code: "stale-frame" });
    expect(events.at(-1)).toMatchObject({ event: "mission-end", grade: "failed" });
  });

  it("is called off, and waits for no eyes that hang", async () => {
    const hanging = start(() => new Promise(() => undefined));
    const off = new AbortController();
    const first = hanging.questions.answer("what do you see?", { signal: off.signal });
    off.abort();
    expect(await first).toMatchObject({ outcome: "stopped" });

    const second = hanging.questions.answer("what do you see?");
    await vi.waitFor(() => expect(hanging.events.filter(({ event }) => event === "mission-start")).toHaveLength(2));
    hanging.timeOut();
    expect(await second).toMatchObject({ outcome: "failed", code: "timeout" });

    const third = hanging.questions.answer("what do you see?");
    await hanging.questions.close();
    expect(await third).toMatchObject({ outcome: "stopped" });
  });

  it("moves nothing, and a stopped robot answers, too", { timeout: 60_000 }, async () => {
    const { runtime, simulation } = await createSimStack(
      loadLaunch("launch/kitchen-sim.json", ["perception.type=oracle"]),
    );
    const commands: unknown[] = [];
    runtime.subscribe({ publish: (event) => void (event.event === "command" && commands.push(event)) });
    const before = (await runtime.robotState()).jointPositions;

    const result = await runtime.run("is the left drawer open?");
    runtime.stop();
    const again = await runtime.run("左边的抽屉打开了吗？");

    expect(result).toMatchObject({ outcome: "done", grade: "observed", receipts: [] });
    expect(again).toMatchObject({ outcome: "done", grade: "observed" });
    expect(await runtime.run("open the left drawer")).toMatchObject({ outcome: "stopped", code: "stopped" });
    expect(commands).toEqual([]);
    const after = (await runtime.robotState()).jointPositions;
    after.forEach((angle, i) => expect(angle).toBeCloseTo(before[i], 3));
    await runtime.close();
    await simulation.close();
  });
});
