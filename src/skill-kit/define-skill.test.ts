import { describe, expect, expectTypeOf, it } from "vitest";
import { defineSkill, fail, ok, z, type SkillContext } from "./index.js";

const absent = (): Promise<never> => Promise.reject(new Error("No camera in this test."));
const context = (signal = new AbortController().signal): SkillContext => ({
  signal,
  backend: undefined,
  backendName: "onboard",
  openPicture: absent,
  openSound: absent,
  openClip: absent,
  openFile: absent,
  perceive: absent,
  act: absent,
  say: async () => undefined,
  progress: () => undefined,
  keep: absent,
  keepFile: absent,
  nowMs: () => 0,
});

const find = defineSkill({
  name: "find",
  description: "Says where a thing is.",
  input: z.strictObject({ object: z.string(), times: z.int().default(1) }),
  output: z.strictObject({ object: z.string(), times: z.number() }),
  timeoutMs: 1_000,
  uses: ["head-camera"],
  run: ({ object, times }) =>
    object === "unicorn" ? fail("object-not-found", `No "${object}" is seen.`) : ok({ object, times }),
});

describe("defineSkill", () => {
  it("parses input before the skill sees it, defaults included", async () => {
    const result = await find.run({ object: "mug" }, context());

    expect(result).toEqual({ ok: true, value: { object: "mug", times: 1 } });
  });

  it("refuses input that does not fit, and says what is wrong", async () => {
    const result = await find.run({ object: 7, extra: true }, context());

    expect(result).toMatchObject({ ok: false, code: "bad-input", message: expect.stringContaining("object") });
  });

  it("knows its failures by literal codes", async () => {
    const result = await find.run({ object: "unicorn" }, context());

    expect(result).toMatchObject({ ok: false, code: "object-not-found" });
    expectTypeOf(result).toExtend<
      { ok: true } | { ok: false; code: "object-not-found" | "bad-input" | "bad-output" | "aborted" }
    >();
  });

  it("refuses output that its schema does not allow", async () => {
    const broken = defineSkill({
      name: "broken",
      description: "Returns nonsense.",
      input: z.strictObject({}),
      output: z.strictObject({ count: z.int() }),
      timeoutMs: 1_000,
      run: () => ok({ count: 1.5 }),
    });

    expect(await broken.run({}, context())).toMatchObject({ ok: false, code: "bad-output" });
  });

  it("is interrupted by its signal, even when it ignores it", async () => {
    const controller = new AbortController();
    const stubborn = defineSkill({
      name: "stubborn",
      description: "Never ends.",
      input: z.strictObject({}),
      output: z.undefined(),
      timeoutMs: 1_000,
      run: () => new Promise<never>(() => undefined),
    });

    const running = stubborn.run({}, context(controller.signal));
    controller.abort();

    expect(await running).toMatchObject({ ok: false, code: "aborted" });
  });

  it("lets broken things throw", async () => {
    const seeing = defineSkill({
      name: "see",
      description: "Looks.",
      input: z.strictObject({}),
      output: z.undefined(),
      timeoutMs: 1_000,
      run: async (_input, { openPicture }) => {
        await openPicture({ camera: "head" });
        return ok(undefined);
      },
    });

    await expect(seeing.run({}, context())).rejects.toThrow("No camera");
  });

  it.each(["Pick", "pick up", "-pick", ""])("refuses the name %j", (name) => {
    const define = (): unknown =>
      defineSkill({ name, description: "", input: z.any(), output: z.any(), timeoutMs: 1, run: () => ok(1) });

    expect(define).toThrow(TypeError);
  });
});
