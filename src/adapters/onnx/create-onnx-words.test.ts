import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatProgram } from "../../planning/program/format-program.js";
import { assembleProgram } from "../../planning/onboard/assemble-program.js";
import type { WordsReader } from "../../ports/words-reader.js";
import { createOnnxWords } from "./create-onnx-words.js";

const modelDir = fileURLToPath(new URL("../../../models/words", import.meta.url));
const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });

describe("the on-board reader of instructions", () => {
  let reader: WordsReader;
  beforeAll(async () => {
    reader = await createOnnxWords({ modelDir });
  });
  afterAll(() => reader.close());

  it.each([
    ["take the green bag out of the drawer", "take out green bag [from drawer]"],
    ["把抽屉里的绿色包装袋拿出来", "take out green bag [in drawer]"],
    ["put the red mug in the sink", "put red mug -> in sink"],
    ["请把红色的杯子放到水槽里", "put red mug -> in sink"],
    ["open the left drawer and put the lemon in it", "open left drawer; put lemon -> in left drawer"],
    ["关上右边的抽屉", "close right drawer"],
  ])("reads %j", async (text, program) => {
    const { pieces, readable } = await reader.read(text, live());
    const assembled = assembleProgram(text, pieces);

    expect(assembled.ok && formatProgram(assembled.value)).toBe(program);
    expect(readable).toBeGreaterThan(reader.thresholds.readable);
  });

  it.each(["take the green bag out of the drawer", "把抽屉里的绿色包装袋拿出来", "put the red mug in the sink"])(
    "is sure enough of %j to act on it",
    async (text) => {
      const { confidence } = await reader.read(text, live());

      expect(confidence).toBeGreaterThan(reader.thresholds.confidence);
    },
  );

  it.each(["how are you", "今天天气怎么样", "what time is it"])("takes %j for no instruction", async (text) => {
    const { readable } = await reader.read(text, live());

    expect(readable).toBeLessThan(reader.thresholds.readable);
  });

  it("gives equal readings for equal texts", async () => {
    const text = "push the blue can to the left by 10 cm";

    expect(await reader.read(text, live())).toEqual(await reader.read(text, live()));
  });

  it("rejects what is longer than it can read, and goes on", async () => {
    await expect(reader.read("a".repeat(257), live())).rejects.toMatchObject({ code: "model-failed" });
    await expect(reader.read("open the drawer", live())).resolves.toMatchObject({
      pieces: expect.anything() as unknown,
    });
  });

  it("rejects when it was called off", async () => {
    await expect(reader.read("open the drawer", { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
    });
  });

  it("says that it is closed", async () => {
    const closed = await createOnnxWords({ modelDir });
    await closed.close();

    await expect(closed.read("open the drawer", live())).rejects.toMatchObject({ code: "model-failed" });
  });

  it("will not start without its model, or with a damaged one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "words-"));
    try {
      await expect(createOnnxWords({ modelDir: folder })).rejects.toMatchObject({ code: "model-missing" });

      await copyFile(join(modelDir, "model.json"), join(folder, "model.json"));
      const weights = await readFile(join(modelDir, "words.onnx"));
      weights[weights.length >> 1] ^= 1;
      await writeFile(join(folder, "words.onnx"), weights);
      await expect(createOnnxWords({ modelDir: folder })).rejects.toMatchObject({ code: "model-damaged" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
