import { describe, expect, it } from "vitest";
import { createRandom } from "../../domain/random.js";
import { conventionFor, CONVENTIONS } from "./convention-table.js";
import {
  describeConvention,
  fromModelBox,
  fromModelPoint,
  notate,
  toModelBox,
  toModelPoint,
} from "./coordinate-convention.js";
import { resizedBy, sizeToSend } from "./picture-size.js";

const named = (name: string) => CONVENTIONS.find((convention) => convention.name === name)!;
const POINTING = CONVENTIONS.filter(({ span }) => span !== "none");

describe("coordinate conventions", () => {
  it.each(POINTING)(
    "brings any point of any picture through $name and back to within one of its steps",
    (convention) => {
      const random = createRandom(7);
      for (let i = 0; i < 500; i++) {
        const size = sizeToSend(
          { width: 64 + random.below(1500), height: 64 + random.below(1500) },
          convention.picture,
        );
        const point = { x: random.next(), y: random.next() };
        const back = fromModelPoint(convention, size, toModelPoint(convention, size, point))!;
        const span = convention.span === "pixels" ? Math.min(size.width, size.height) : Number(convention.span);
        // A picture padded to a square has coarser steps along its short side.
        const padding = convention.padded ? Math.max(size.width, size.height) / Math.min(size.width, size.height) : 1;
        const step = (padding * 10 ** -convention.decimals) / span;

        expect(Math.abs(back.x - point.x)).toBeLessThanOrEqual(step);
        expect(Math.abs(back.y - point.y)).toBeLessThanOrEqual(step);
      }
    },
  );

  it.each(POINTING)("brings a box through $name with its middle in place", (convention) => {
    const size = sizeToSend({ width: 640, height: 480 }, convention.picture);
    const numbers = toModelBox(convention, size, { x0: 0.2, y0: 0.1, x1: 0.6, y1: 0.9 });
    const middle = fromModelBox(convention, size, numbers as [number, number, number, number])!;

    expect(middle.x).toBeCloseTo(0.4, 1.5);
    expect(middle.y).toBeCloseTo(0.5, 1.5);
  });

  it.each([
    ["yx-1000", [600, 250]],
    ["xy-1000", [250, 600]],
    ["pixels-28", [161, 286]],
    ["percent-xml", [25, 60]],
    ["yx-loc-1024", [614, 256]],
    ["xy-1", [0.25, 0.6]],
  ])("writes a quarter right and six tenths down as its family does: %s", (name, numbers) => {
    const size = sizeToSend({ width: 640, height: 480 }, named(name).picture);

    expect(toModelPoint(named(name), size, { x: 0.25, y: 0.6 })).toEqual(numbers);
  });

  it("writes points in the family's notation", () => {
    expect(notate(named("yx-loc-1024"), [614, 256])).toBe("<loc0614><loc0256>");
    expect(notate(named("percent-xml"), [25, 60])).toBe('<point x="25" y="60">');
    expect(notate(named("xy-1"), [0.25, 0.6])).toBe("(0.25, 0.6)");
    expect(describeConvention(named("yx-1000"), { width: 640, height: 480 })).toContain("[750,250]");
  });

  it("refuses points outside the picture and boxes inside out instead of guessing another convention", () => {
    const size = { width: 644, height: 476 };

    expect(fromModelPoint(named("xy-1000"), size, [1021, 500])).toBeUndefined();
    expect(fromModelPoint(named("xy-1000"), size, [1015, 500])).toEqual({ x: 1, y: 0.5 });
    expect(fromModelPoint(named("xy-1"), size, [320, 240])).toBeUndefined();
    expect(fromModelPoint(named("pixels-28"), size, [Number.NaN, 3])).toBeUndefined();
    expect(fromModelBox(named("xy-1000"), size, [600, 100, 200, 900])).toBeUndefined();
  });
});

describe("sizeToSend", () => {
  it("gives a size that the model's own rule keeps, near the picture's proportions", () => {
    const random = createRandom(11);
    for (const { picture } of CONVENTIONS) {
      for (let i = 0; i < 300; i++) {
        const size = { width: 100 + random.below(3000), height: 100 + random.below(3000) };
        const sent = sizeToSend(size, picture);

        expect(resizedBy(sent, picture)).toEqual(sent);
        expect(sent.width % picture.multiple).toBe(0);
        expect(sent.width * sent.height).toBeLessThanOrEqual(picture.maxPixels);
      }
    }
  });

  it("follows the published rule for 640 x 480", () => {
    expect(sizeToSend({ width: 640, height: 480 }, named("pixels-28").picture)).toEqual({ width: 644, height: 476 });
    expect(sizeToSend({ width: 640, height: 480 }, named("xy-1000").picture)).toEqual({ width: 640, height: 480 });
  });
});

describe("conventionFor", () => {
  it.each([
    ["gemini-3-pro", "yx-1000"],
    ["Qwen/Qwen2.5-VL-7B-Instruct", "pixels-28"],
    ["qwen2.5vl:7b", "pixels-28"],
    ["qwen3-vl:8b", "xy-1000"],
    ["qwen2-vl:7b", "xy-1000"],
    ["allenai/Molmo2-8B", "xy-1000"],
    ["allenai/MolmoE-1B", "percent-xml"],
    ["google/paligemma2-3b", "yx-loc-1024"],
    ["BAAI/RoboBrain2.0-7B", "pixels-28"],
    ["BAAI/RoboBrain2.5-8B-NV", "xy-1000"],
    ["llama3.2-vision:11b", "ids-only"],
    ["meta-llama/Llama-3.2-90B-Vision-Instruct", "ids-only"],
    ["gpt-5-mini", "ids-only"],
  ])("knows %s as %s", (model, name) => {
    expect(conventionFor(model)).toMatchObject({ ok: true, value: { name } });
  });

  it("fails for a model that nobody has described, and says what to set", () => {
    const found = conventionFor("mystery-vlm-9000");

    expect(found).toMatchObject({ ok: false, code: "unsupported" });
    expect(found.ok ? "" : found.message).toMatch(/planner\.convention.*yx-1000.*ids-only/u);
  });

  it("lets the launch file's rules and its named convention go first", () => {
    const rules = [{ pattern: "MYSTERY*9000", convention: "percent-xml" }];

    expect(conventionFor("mystery-vlm-9000", { rules })).toMatchObject({ value: { name: "percent-xml" } });
    expect(conventionFor("gemini-3-pro", { configured: "xy-1" })).toMatchObject({ value: { name: "xy-1" } });
    expect(conventionFor("gemini-3-pro", { configured: "xyz" })).toMatchObject({ ok: false, code: "unsupported" });
  });
});
