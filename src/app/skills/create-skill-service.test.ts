import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { ControllerError } from "../../domain/errors.js";
import { skillResponseSchema } from "../../domain/skill/skill-messages.js";
import { fail, ok } from "../../skill-kit/index.js";
import { createSkillBench, testSkill, type TestBackend, type TestSkill } from "../../../test/support/skill-bench.js";

const echo: TestSkill["run"] = async ({ text }) => ok({ text });
const png = { name: "a.png", mediaType: "image/png" } as const;
/** A skill whose back ends are functions that answer. */
const answering = (...backends: readonly TestBackend[]) =>
  testSkill({
    backends,
    run: async (_input, { backend }) => (backend as () => Promise<Awaited<ReturnType<TestSkill["run"]>>>)(),
  });
const never = (): Promise<never> => new Promise(() => undefined);
/** Lets everything happen that needs no time. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("back ends", () => {
  it("are asked in their order until one serves, and the answer says who was tried", async () => {
    const { run } = createSkillBench([
      answering(
        { type: "first", open: () => async () => fail("link-lost", "away") },
        {
          type: "second",
          open: () => {
            throw new ControllerError("model-missing", "no weights");
          },
        },
        { type: "third", open: () => async () => ok({ text: "served" }) },
        { type: "fourth", open: () => () => Promise.reject(new Error("must not be asked")) },
      ),
    ]);

    const response = await run();

    expect(skillResponseSchema.parse(response)).toEqual({
      ok: true,
      skill: "echo",
      servedBy: "third",
      output: { text: "served" },
      artefacts: [],
      tried: [
        { backend: "first", code: "link-lost", message: "away" },
        { backend: "second", code: "model-missing", message: "no weights" },
      ],
      tookMs: 0,
    });
  });

  it.each([
    "not-installed",
    "model-missing",
    "model-failed",
    "offline",
    "link-lost",
    "timeout",
    "unauthorized",
    "model-not-found",
    "rate-limited",
    "server-error",
    "bad-answer",
    "unsupported",
  ])("hand over to the next on %s", async (code) => {
    const { run } = createSkillBench([
      answering(
        { type: "first", open: () => async () => fail(code, "no") },
        { type: "next", open: () => async () => ok({ text: "yes" }) },
      ),
    ]);

    expect(await run()).toMatchObject({ ok: true, servedBy: "next", tried: [{ backend: "first", code }] });
  });

  it.each(["not-found", "not-allowed", "bad-picture", "bad-sound", "bad-clip", "too-large", "object-not-found"])(
    "are not asked again for what is the request's own fault: %s",
    async (code) => {
      const next = vi.fn<() => unknown>();
      const { run } = createSkillBench([
        answering({ type: "first", open: () => async () => fail(code, "no") }, { type: "next", open: next }),
      ]);

      expect(await run()).toMatchObject({ ok: false, code, message: "no", tried: [] });
      expect(next).not.toHaveBeenCalled();
    },
  );

  it("hand over when what they give is not what the skill may answer", async () => {
    const { run } = createSkillBench([
      answering(
        { type: "first", open: () => async () => ok({ text: "" }) },
        { type: "next", open: () => async () => ok({ text: "words" }) },
      ),
    ]);

    expect(await run()).toMatchObject({ ok: true, servedBy: "next", tried: [{ code: "bad-output" }] });
  });

  it("that all fail are all named, and the code is the last one's", async () => {
    const { run } = createSkillBench([
      answering(
        { type: "first", open: () => async () => fail("link-lost", "away") },
        { type: "second", open: () => async () => fail("unauthorized", "who are you") },
      ),
    ]);

    const response = await run();

    expect(response).toMatchObject({ ok: false, code: "unauthorized", tried: [{}, {}] });
    expect(response.ok ? "" : response.message).toMatch(/first \(link-lost\): away\nsecond \(unauthorized\)/);
  });

  it("leave no network traffic when offline is set", async () => {
    const open = vi.fn<() => unknown>();
    const { run, service } = createSkillBench(
      [
        answering(
          { type: "cloud", leavesMachine: true, open },
          { type: "here", open: () => async () => ok({ text: "x" }) },
        ),
      ],
      { set: ["offline=true"] },
    );

    expect(await run()).toMatchObject({ servedBy: "here", tried: [{ backend: "cloud", code: "offline" }] });
    expect(await run({}, { backend: "cloud" })).toMatchObject({ ok: false, code: "offline" });
    expect(open).not.toHaveBeenCalled();
    expect((await service.list())[0].backends[0]).toMatchObject({
      usable: false,
      why: expect.stringContaining("offline"),
    });
  });

  it("can be chosen one by one", async () => {
    const { run } = createSkillBench([
      answering(
        { type: "first", open: () => async () => ok({ text: "1" }) },
        { type: "second", open: () => async () => ok({ text: "2" }) },
      ),
    ]);

    expect(await run({}, { backend: "second" })).toMatchObject({ servedBy: "second", output: { text: "2" } });
    expect(await run({}, { backend: "third" })).toMatchObject({ code: "unknown-backend" });
  });

  it("are opened once, and anew after they broke", async () => {
    let openings = 0;
    const onClose = vi.fn<() => void>();
    const { run } = createSkillBench([
      answering({
        type: "weights",
        onClose,
        open: () => {
          const mine = ++openings;
          let asked = 0;
          return async () =>
            mine === 1 && ++asked === 2 ? fail("model-failed", "out of memory") : ok({ text: `opening ${mine}` });
        },
      }),
    ]);

    const answers = [await run(), await run(), await run(), await run()];

    expect(answers.map((answer) => (answer.ok ? answer.output : answer.code))).toEqual([
      { text: "opening 1" },
      "model-failed",
      { text: "opening 2" },
      { text: "opening 2" },
    ]);
    expect(onClose).toHaveBeenCalledOnce();
  });

  it("that broke under two runs are closed once, and the new one is left alone", async () => {
    let openings = 0;
    const closed: number[] = [];
    const breaks: (() => void)[] = [];
    const entry = testSkill({
      backends: [{ type: "w", open: () => ++openings, onClose: () => void closed.push(openings) }],
      run: async (_input, { backend }) =>
        backend === 1
          ? new Promise((resolve) => breaks.push(() => resolve(fail("model-failed", "broke"))))
          : ok({ text: "fine" }),
    });
    const { run } = createSkillBench([entry]);
    const two = [run(), run()];
    await vi.waitFor(() => expect(breaks).toHaveLength(2));

    breaks[0]();
    await two[0];
    await run();
    breaks[1]();
    await two[1];

    expect(await run()).toMatchObject({ ok: true });
    expect({ openings, closed }).toEqual({ openings: 2, closed: [1] });
  });
});

describe("a run", () => {
  it.each([
    ["nothing", {}, "unknown-skill"],
    ["echo", { wrong: 1 }, "bad-input"],
    ["echo", { text: 7 }, "bad-input"],
    ["echo", [], "bad-input"],
  ])("of %s with %j is refused", async (skill, input, code) => {
    const { run } = createSkillBench([testSkill({ run: echo })]);

    expect(await run(input, { skill })).toMatchObject({ ok: false, code, tried: [] });
  });

  it("of a skill that is switched off is refused", async () => {
    const { run } = createSkillBench([testSkill({ enabled: false, run: echo })]);

    expect(await run()).toMatchObject({ code: "not-enabled" });
  });

  it("ends at the skill's time limit, or the launch file's", async () => {
    const stubborn = testSkill({ timeoutMs: 1_000, run: never });
    const patient = testSkill({ timeoutMs: 1_000, timeoutS: 5, run: never });

    for (const [entry, limitMs] of [
      [stubborn, 1_000],
      [patient, 5_000],
    ] as const) {
      const { run, clock } = createSkillBench([entry]);
      const running = run();
      await settle();
      clock.advance(limitMs - 1);
      await settle();
      expect(clock.pending).toBe(1);
      clock.advance(1);
      expect(await running).toMatchObject({ ok: false, code: "timeout", tookMs: limitMs });
    }
  });

  it("ends at its time limit while its back end is still being opened", async () => {
    const { run, clock } = createSkillBench([answering({ type: "slow", open: never })]);

    const running = run();
    await settle();
    clock.advance(1_000);

    expect(await running).toMatchObject({ code: "timeout" });
    expect(clock.pending).toBe(0);
  });

  it("ends when it is called off, and tells the skill", async () => {
    let seen: AbortSignal | undefined;
    const { run, cancel } = createSkillBench([testSkill({ run: (_input, { signal }) => ((seen = signal), never()) })]);

    const running = run();
    await settle();
    cancel();

    expect(await running).toMatchObject({ ok: false, code: "aborted" });
    expect(seen?.aborted).toBe(true);
  });

  it("keeps what it uses to itself, and lets go of it", async () => {
    let finish = (): void => undefined;
    const { run } = createSkillBench([
      testSkill({
        uses: ["arm"],
        run: () => new Promise((resolve) => (finish = () => resolve(ok({ text: "moved" })))),
      }),
      testSkill({ name: "other", uses: ["speaker", "arm"], run: echo }),
      testSkill({ name: "free", uses: ["speaker"], run: echo }),
    ]);

    const first = run();
    await settle();

    expect(await run({}, { skill: "other" })).toMatchObject({ code: "busy", message: expect.stringContaining("arm") });
    expect(await run({}, { skill: "free" })).toMatchObject({ ok: true });
    finish();
    await first;
    expect(await run({}, { skill: "other" })).toMatchObject({ ok: true });
  });

  it("waits for its turn, and is refused when too many wait", async () => {
    const working: (() => void)[] = [];
    const { run, service } = createSkillBench(
      [testSkill({ run: () => new Promise((resolve) => working.push(() => resolve(ok({ text: "done" })))) })],
      { turns: { atOnce: 2, waiting: 1 } },
    );

    const three = [run(), run(), run()];
    await settle();
    expect(working).toHaveLength(2);
    expect(await run()).toMatchObject({ ok: false, code: "busy" });
    const gone = new AbortController();
    working[0]();
    await vi.waitFor(() => expect(working).toHaveLength(3));
    const waiting = service.run("echo", { input: {} }, { signal: gone.signal, from: "local" });
    await settle();
    gone.abort();
    expect(await waiting).toMatchObject({ code: "aborted" });
    working.slice(1).forEach((done) => done());

    expect(await Promise.all(three)).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
  });

  it("turns what is broken into an answer with a code", async () => {
    const { run } = createSkillBench([testSkill({ run: () => Promise.reject(new TypeError("x is no function")) })]);

    expect(await run()).toMatchObject({ ok: false, code: "internal", message: "x is no function" });
  });

  it("tells its progress while it runs, and nothing afterwards", async () => {
    let tell: ((fraction: number) => void) | undefined;
    const { service } = createSkillBench([
      testSkill({
        run: async ({ text }, { progress }) => {
          tell = (fraction) => progress({ fraction });
          progress({ fraction: 0.5, message: "half" });
          return ok({ text });
        },
      }),
    ]);
    const heard: unknown[] = [];

    await service.run(
      "echo",
      { input: {} },
      { signal: new AbortController().signal, from: "local", onProgress: (progress) => heard.push(progress) },
    );
    tell?.(0.9);

    expect(heard).toEqual([{ fraction: 0.5, message: "half" }]);
  });

  it("is called off when the service closes, which takes no more", async () => {
    const onClose = vi.fn<() => void>();
    const { run, service } = createSkillBench([testSkill({ backends: [{ type: "w", onClose }], run: never })]);

    const running = run();
    await settle();
    await Promise.all([service.close(), service.close()]);

    expect(await running).toMatchObject({ code: "aborted" });
    expect(onClose).toHaveBeenCalledOnce();
    expect(await run()).toMatchObject({ code: "aborted" });
  });

  it("does not keep the program from ending while a back end never opens", async () => {
    const { run, service, clock } = createSkillBench([answering({ type: "slow", open: never })]);
    const running = run();
    await settle();

    const closing = service.close();
    await running;
    await settle();
    clock.advance(10_000);

    await expect(closing).resolves.toBeUndefined();
  });
});

describe("files that a skill makes", () => {
  it("lie whole beside their recipes, under a folder of the run", async () => {
    const { run, artefacts, service } = createSkillBench([
      testSkill({
        run: async ({ text }, { keep }) => {
          await keep({ ...png, bytes: Buffer.from("pixels"), recipe: { generated: true, seed: 3 } });
          return ok({ text });
        },
      }),
    ]);

    const response = await run();

    const [folder] = readdirSync(artefacts);
    expect(folder).toBe("20260101T000000Z-echo-00000001");
    expect(readdirSync(join(artefacts, folder)).sort()).toEqual(["a.png", "a.png.recipe.json"]);
    const [artefact] = response.ok ? response.artefacts : [];
    expect(artefact).toMatchObject({
      bytes: 6,
      sha256: createHash("sha256").update("pixels").digest("hex"),
      url: `/artefacts/${folder}/a.png`,
      recipe: { generated: true, seed: 3, skill: "echo", backend: "onboard" },
    });
    expect(JSON.parse(readFileSync(`${artefact.path}.recipe.json`, "utf8"))).toEqual(artefact);
    expect(await service.artefacts.list()).toMatchObject([{ name: "a.png" }]);
  });

  it("are taken back when the skill fails, and the next back end begins without them", async () => {
    const { run, artefacts } = createSkillBench([
      testSkill({
        backends: [{ type: "first" }, { type: "second" }],
        run: async ({ text }, { keep, backendName }) => {
          await keep({ ...png, name: `${backendName}.png`, bytes: Buffer.from("pixels") });
          return backendName === "first" ? fail("link-lost", "away") : ok({ text });
        },
      }),
    ]);

    const response = await run();

    expect(response).toMatchObject({ ok: true, artefacts: [{ name: "second.png" }] });
    expect(readdirSync(join(artefacts, readdirSync(artefacts)[0]))).toEqual(["second.png", "second.png.recipe.json"]);
  });

  it("are not left behind by a skill that goes on when it was called off", async () => {
    let write = (): void => undefined;
    let kept: Promise<unknown> | undefined;
    let started = false;
    const { run, cancel, artefacts } = createSkillBench([
      testSkill({
        run: async ({ text }, { keepFile }) => {
          kept = keepFile({
            ...png,
            async write(path) {
              started = true;
              await new Promise<void>((resolve) => (write = resolve));
              writeFileSync(path, "pixels");
            },
          });
          kept.catch(() => undefined);
          await kept;
          return ok({ text });
        },
      }),
    ]);

    const running = run();
    await vi.waitFor(() => expect(started).toBe(true));
    cancel();
    expect(await running).toMatchObject({ code: "aborted" });
    write();

    await expect(kept).rejects.toMatchObject({ code: "aborted" });
    expect(readdirSync(artefacts)).toEqual([]);
  });

  it("fail as a whole when the disk is full, and leave no half of them", async () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const { run, artefacts } = createSkillBench([
      testSkill({
        run: async ({ text }, { keep, keepFile }) => {
          await keep({ ...png, bytes: Buffer.from("pixels") });
          await keepFile({
            ...png,
            name: "b.png",
            write(path) {
              writeFileSync(path, "hal");
              return Promise.reject(full);
            },
          });
          return ok({ text });
        },
      }),
    ]);

    expect(await run()).toMatchObject({
      ok: false,
      code: "recording-failed",
      message: expect.stringContaining("ENOSPC"),
    });
    expect(readdirSync(artefacts)).toEqual([]);
  });

  it("do not go where a file is in the way", async () => {
    const folder = mkdtempSync(join(tmpdir(), "handeye-out-"));
    const inTheWay = join(folder, "file");
    writeFileSync(inTheWay, "mine");
    const { run } = createSkillBench([
      testSkill({ run: async ({ text }, { keep }) => (await keep({ ...png, bytes: Buffer.from("x") }), ok({ text })) }),
    ]);

    expect(await run({}, { outDir: inTheWay })).toMatchObject({ code: "recording-failed" });
    expect(readFileSync(inTheWay, "utf8")).toBe("mine");
  });

  const listed = (folder: string) =>
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]);

  it("never replace or delete a file that is somebody else's", async () => {
    const outDir = mkdtempSync(join(tmpdir(), "handeye-out-"));
    writeFileSync(join(outDir, "a.png"), "mine");
    const { run } = createSkillBench([
      testSkill({
        run: async ({ text }, { keep }) => {
          await keep({ ...png, name: "0.png", bytes: Buffer.from("x") });
          await keep({ ...png, name: "a.png", bytes: Buffer.from("x") });
          return ok({ text });
        },
      }),
    ]);

    expect(await run({}, { outDir })).toMatchObject({
      code: "recording-failed",
      message: expect.stringContaining("is there already"),
    });
    expect(listed(outDir)).toEqual([["a.png", "mine"]]);
  });

  it("nor one that a skill made and somebody has changed since, or took the record of", async () => {
    const { run } = createSkillBench([
      testSkill({
        run: async ({ text }, { keep }) => (await keep({ ...png, bytes: Buffer.from(text) }), ok({ text })),
      }),
    ]);
    const changed = mkdtempSync(join(tmpdir(), "handeye-out-"));
    await run({ text: "first" }, { outDir: changed });
    writeFileSync(join(changed, png.name), "retouched");
    const before = listed(changed);

    expect(await run({ text: "second" }, { outDir: changed })).toMatchObject({ code: "recording-failed" });
    expect(listed(changed)).toEqual(before);
  });

  it("replace those of an earlier run once theirs succeeds, and leave them as they were where it fails", async () => {
    const outDir = mkdtempSync(join(tmpdir(), "handeye-out-"));
    const { run } = createSkillBench([
      testSkill({
        run: async ({ text }, { keep }) => {
          await keep({ ...png, bytes: Buffer.from(text) });
          return text === "bad" ? fail("object-not-found", "no") : ok({ text });
        },
      }),
    ]);
    await run({ text: "first" }, { outDir });
    const first = listed(outDir);

    expect(await run({ text: "bad" }, { outDir })).toMatchObject({ ok: false });
    expect(listed(outDir)).toEqual(first);
    expect(await run({ text: "second" }, { outDir })).toMatchObject({ ok: true });
    expect(listed(outDir)).toMatchObject([
      [png.name, "second"],
      [`${png.name}.recipe.json`, expect.anything()],
    ]);
  });

  it.each(["../a.png", "a/b.png", ".hidden", "", "a.recipe.json", "x\0y"])("are refused the name %j", async (name) => {
    const { run } = createSkillBench([
      testSkill({
        run: async ({ text }, { keep }) => (await keep({ ...png, name, bytes: Buffer.from("x") }), ok({ text })),
      }),
    ]);

    expect(await run()).toMatchObject({ ok: false, code: "bad-input" });
  });

  it("make room for newer ones, the oldest first, and never for their own run", async () => {
    const big = testSkill({
      run: async ({ text }, { keep }) => (await keep({ ...png, bytes: Buffer.alloc(600_000, 1) }), ok({ text })),
    });
    const { run, artefacts, clock } = createSkillBench([big], { set: ["skills.keepArtefactsMb=1.4"] });

    for (let i = 0; i < 4; i++) {
      await run();
      clock.advance(60_000);
    }
    expect(readdirSync(artefacts)).toEqual(["20260101T000200Z-echo-00000003", "20260101T000300Z-echo-00000004"]);

    const tight = createSkillBench([big], { set: ["skills.keepArtefactsMb=0.1"] });
    await tight.run();
    expect(readdirSync(tight.artefacts)).toHaveLength(1);
  });

  it("take the place of output that is too large for who asks", async () => {
    const { service } = createSkillBench([testSkill({ run: async () => ok({ text: "long ".repeat(1_000) }) })]);

    const response = await service.run(
      "echo",
      { input: {} },
      { signal: new AbortController().signal, from: "remote", mostOutputBytes: 1_000 },
    );

    expect(response).toMatchObject({
      ok: true,
      output: null,
      outputFile: "output.json",
      artefacts: [{ name: "output.json" }],
    });
    const [{ path }] = response.ok ? response.artefacts : [];
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ text: "long ".repeat(1_000) });
  });
});

describe("files that a skill is told to read", () => {
  const reader = testSkill({
    run: async ({ file = "" }, { openFile }) => {
      const opened = await openFile(file);
      return opened.ok ? ok({ text: Buffer.from(opened.value.bytes).toString() }) : opened;
    },
  });
  function start() {
    const folder = mkdtempSync(join(tmpdir(), "handeye-allowed-"));
    const outside = mkdtempSync(join(tmpdir(), "handeye-outside-"));
    writeFileSync(join(folder, "..fine.txt"), "allowed");
    writeFileSync(join(outside, "secret.txt"), "secret");
    symlinkSync(join(outside, "secret.txt"), join(folder, "link.txt"));
    symlinkSync(outside, join(folder, "links"));
    const bench = createSkillBench([reader], { set: [`skills.folders=${JSON.stringify([folder])}`] });
    mkdirSync(join(bench.artefacts, "run-1"), { recursive: true });
    writeFileSync(join(bench.artefacts, "run-1", "made.txt"), "made");
    writeFileSync(join(bench.stateDir, "memory.json"), "private");
    return { ...bench, folder, outside };
  }

  it("may be any for whoever sits at the machine", async () => {
    const { run, outside } = start();

    expect(await run({ file: join(outside, "secret.txt") })).toMatchObject({ output: { text: "secret" } });
    expect(await run({ file: join(outside, "no.txt") })).toMatchObject({ code: "not-found" });
    expect(await run({ file: outside })).toMatchObject({ code: "not-found" });
  });

  it("may only lie in certain folders for others", async () => {
    const { run, folder, artefacts } = start();

    for (const file of ["..fine.txt", join(folder, "..fine.txt")])
      expect(await run({ file }, { from: "remote" })).toMatchObject({ output: { text: "allowed" } });
    for (const file of ["run-1/made.txt", join(artefacts, "run-1/made.txt")])
      expect(await run({ file }, { from: "remote" })).toMatchObject({ output: { text: "made" } });
  });

  it("are refused to others alike whether they are there or not", async () => {
    const { run, folder, outside, stateDir } = start();
    const refused = [
      "/etc/passwd",
      "/etc/there-is-no-such-file",
      join(outside, "secret.txt"),
      join(folder, "../../etc/passwd"),
      "../memory.json",
      join(stateDir, "memory.json"),
      "link.txt",
      join(folder, "link.txt"),
      "links/secret.txt",
      "run-1/../../memory.json",
      "a\0b",
      "",
    ].filter((file) => file !== "");

    for (const file of refused) {
      const response = await run({ file }, { from: "remote" });
      expect(response.ok ? file : response.code).toBe("not-allowed");
      expect(response.ok ? "" : response.message).toBe(
        `"${file}" is in none of the folders that may be read from afar. Send the bytes as {"data": "<base64>"}, or add the folder to skills.folders.`,
      );
    }
  });
});

describe("the list", () => {
  it("has every skill with its schemas, and why a back end is not usable", async () => {
    const { service } = createSkillBench([
      testSkill({ backends: [{ type: "onboard" }, { type: "weights", why: "There is no model.json." }], run: echo }),
      testSkill({ name: "off", enabled: false, run: echo }),
    ]);

    const [first, second] = await service.list();

    expect(first).toMatchObject({
      name: "echo",
      enabled: true,
      timeoutS: 1,
      input: { properties: { text: { type: "string", description: "What is said." } } },
      output: { required: ["text"] },
      backends: [
        { type: "onboard", place: 1, usable: true },
        { type: "weights", place: 2, usable: false, why: "There is no model.json." },
      ],
    });
    expect(second.enabled).toBe(false);
  });

  it("starts nothing", async () => {
    const open = vi.fn<() => unknown>();
    const { service, stateDir } = createSkillBench([testSkill({ backends: [{ type: "onboard", open }], run: echo })]);

    await service.list();

    expect(open).not.toHaveBeenCalled();
    expect(existsSync(join(stateDir, "artefacts"))).toBe(false);
  });
});
