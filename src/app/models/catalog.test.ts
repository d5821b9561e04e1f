import { describe, expect, it } from "vitest";
import { FAMILIES } from "../../adapters/open-weights/families.js";
import { loadLaunch } from "../launch/load-launch.js";
import { readCatalog, sizeOfCard } from "./catalog-card.js";

const catalog = readCatalog();

describe("the catalogue", () => {
  it("has the models that adapters are there for", () => {
    const families = new Set(catalog.map((card) => card["family"]).filter((family) => family !== undefined));

    expect(families).toEqual(new Set(FAMILIES));
    expect(catalog.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["florence-2-base-ft", "smolvlm-256m-instruct", "whisper-tiny", "whisper-base"]),
    );
  });

  it.each(catalog)("$name says where it is from, under which licence, and what it does not know", (card) => {
    expect(card.base ?? card.source).toMatch(/^https:\/\/huggingface\.co\/[\w.-]+\/[\w.-]+\/resolve\/\w+\/$|--from/);
    expect(card.licenceUrl).toMatch(/^https:/);
    expect(card.permissive).toBe(["MIT", "Apache-2.0"].includes(card.licence));
    expect(new Set(card.files.map(({ path }) => path)).size).toBe(card.files.length);
    const isOpen = card.files.some(({ sha256 }) => sha256 === undefined);
    expect(card.limits.some((limit) => limit.includes("sha256"))).toBe(isOpen);
    expect(sizeOfCard(card).exact).toBe(card.files.every(({ bytes }) => bytes !== undefined));
  });

  it.each(catalog.filter(({ launch }) => launch !== undefined))("$name has launch fields that fit", ({ launch }) => {
    const overrides = Object.entries(launch ?? {}).map(
      ([key, value]) => `${key}=${JSON.stringify(value).replaceAll("$DIR", "/models/m")}`,
    );

    expect(() => loadLaunch("launch/kitchen-sim.json", overrides)).not.toThrow();
  });
});
