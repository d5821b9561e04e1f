import { describe, expect, it } from "vitest";
import { ACTION_FIELDS } from "./action-fields.js";
import { answerSchema } from "./answer-schema.js";
import { CONVENTIONS } from "./convention-table.js";
import { SYSTEM_PROMPT } from "./system-prompt.js";

const named = (name: string) => CONVENTIONS.find((convention) => convention.name === name)!;

/** The schemas of targets in an answer's schema, wherever they are. */
function targets(value: unknown): { properties: Record<string, unknown> }[] {
  if (typeof value !== "object" || value === null) return [];
  const found = Object.values(value).flatMap(targets);
  const own = "properties" in value && Object.hasOwn(value.properties as object, "detectionId");
  return own ? [value as { properties: Record<string, unknown> }, ...found] : found;
}

const ids = (scene: readonly string[]) => ({ anyOf: [{ type: "string", enum: scene }, { type: "null" }] });

describe("answerSchema", () => {
  it("lets every target of every action name a thing of the scene, or none, and nothing else", () => {
    const found = targets(answerSchema(["d1", "d7"], named("yx-1000")));
    const fields = Object.values(ACTION_FIELDS).flat();
    const pointed = fields.filter((field) => ["target", "from", "to", "at"].includes(field));

    expect(found).toHaveLength(pointed.length);
    for (const { properties } of found) expect(properties.detectionId).toEqual(ids(["d1", "d7"]));
  });

  it("leaves no place for metres, and none for points where a model cannot point", () => {
    expect(targets(answerSchema([], named("ids-only"))).map(({ properties }) => properties)).toContainEqual(
      expect.objectContaining({ detectionId: { type: "null" }, point: { type: "null" } }),
    );
    for (const { properties } of targets(answerSchema(["d1"], named("pixels")))) {
      expect(Object.keys(properties)).not.toEqual(expect.arrayContaining(["z"]));
    }
  });

  it("is plain: no references, marks or words that only some servers know", () => {
    const text = JSON.stringify(answerSchema(["d1"], named("yx-loc-1024")));

    expect(text).not.toMatch(/\$ref|\$comment|\$schema|oneOf/u);
    expect(text.indexOf('"rationale"')).toBeLessThan(text.indexOf('"steps"'));
  });

  it("keeps one scene's ids out of the next one's schema", () => {
    answerSchema(["d1"], named("yx-1000"));

    expect(JSON.stringify(answerSchema(["d2"], named("yx-1000")))).not.toContain('"d1"');
  });
});

describe("SYSTEM_PROMPT", () => {
  it.each(Object.keys(ACTION_FIELDS))("tells the model of %s", (action) => {
    expect(SYSTEM_PROMPT).toContain(`"${action}"`);
  });

  it("stays short enough for small models on this machine", () => {
    expect(SYSTEM_PROMPT.length).toBeLessThan(3500);
  });
});
