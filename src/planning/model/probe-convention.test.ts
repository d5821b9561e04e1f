import { describe, expect, it } from "vitest";
import type { PictureOf } from "../../ports/model-client.js";
import { createScriptedModel } from "../../../test/support/scripted-model.js";
import { CONVENTIONS } from "./convention-table.js";
import { notate, toModelPoint, type CoordinateConvention } from "./coordinate-convention.js";
import { drawProbe, PROBE_MARKS, PROBE_SIZE } from "./probe-picture.js";
import { probeConvention } from "./probe-convention.js";

const pictureOf: PictureOf = (_picture, size) =>
  Promise.resolve({ mediaType: "image/png", data: new Uint8Array(1), ...size });
const live = { signal: new AbortController().signal };
const POINTING = CONVENTIONS.filter(({ span }) => span !== "none");

/** Answers as a model of that family would that sees `off` of the picture beside each disc. */
const answer = (convention: CoordinateConvention, off = 0) =>
  JSON.stringify(
    Object.fromEntries(
      PROBE_MARKS.map(({ color, x, y }) => [
        color,
        notate(convention, toModelPoint(convention, PROBE_SIZE, { x: x + off, y: y - off })),
      ]),
    ),
  );

const probe = (model: string, text: string) =>
  probeConvention(createScriptedModel({ model, answer: () => `Sure:\n\`\`\`json\n${text}\n\`\`\`` }), pictureOf, live);

describe("probeConvention", () => {
  it.each(POINTING)(
    "recognises $name, or one that reads the same, from a model that sees a little beside",
    async (convention) => {
      const found = await probe("mystery", answer(convention, 0.006));
      if (!found.ok) throw new Error(`${found.code}: ${found.message}`);

      const read = toModelPoint(found.value.convention, PROBE_SIZE, { x: 0.4, y: 0.7 });
      const meant = toModelPoint(convention, PROBE_SIZE, { x: 0.4, y: 0.7 });
      expect(Math.abs(read[0] / meant[0] - 1)).toBeLessThan(0.006);
      expect(Math.abs(read[1] / meant[1] - 1)).toBeLessThan(0.006);
      expect(found.value.table).toBe("unknown");
    },
  );

  it("confirms the table, and tells when a model departs from it", async () => {
    const named = (name: string) => CONVENTIONS.find((convention) => convention.name === name)!;

    expect(await probe("gemini-3", answer(named("yx-1000")))).toMatchObject({ value: { table: "agrees" } });
    expect(await probe("gemini-3", answer(named("xy-1000")))).toMatchObject({
      value: { table: { differs: "yx-1000" } },
    });
  });

  it("refuses when no convention fits", async () => {
    const nowhere = Object.fromEntries(PROBE_MARKS.map(({ color }) => [color, [512, 511]]));

    expect(await probe("gemini-3", JSON.stringify(nowhere))).toMatchObject({ ok: false, code: "not-verified" });
    expect(await probe("gemini-3", "I see discs.")).toMatchObject({ ok: false, code: "not-verified" });
  });

  it("refuses when two conventions fit", async () => {
    const near = { ...CONVENTIONS[1], name: "xy-985", span: 985 };
    const client = createScriptedModel({ model: "mystery", answer: () => answer(CONVENTIONS[1]) });

    expect(await probeConvention(client, pictureOf, { ...live, candidates: [...CONVENTIONS, near] })).toMatchObject({
      ok: false,
      code: "ambiguous",
    });
  });

  it("draws every disc where it says", () => {
    const { width, height, rgb } = drawProbe();
    const colors = PROBE_MARKS.map(({ x, y }) => {
      const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
      return [...rgb.subarray(at, at + 3)].join(",");
    });

    expect(new Set(colors).size).toBe(PROBE_MARKS.length);
    expect(colors).not.toContain("235,235,235");
  });
});
