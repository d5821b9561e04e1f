import { describe, expect, it } from "vitest";
import type { ModelCard } from "../../domain/model-card.js";
import { compareWithCard } from "./compare-card.js";
import type { EyesFigures, Figure } from "./eyes-figures.js";

const cardSaying = (figures: Record<string, unknown>): ModelCard => ({ figures }) as unknown as ModelCard;
const empty = { bins: [], ece: 0 };
const measured = (pictures: number, ...figures: Figure[]): EyesFigures => ({
  pictures,
  figures,
  calibration: { found: empty, kind: empty, color: empty },
});
const recall = (value: number, count = 10_000): Figure => ({ path: "groups.things.recall", value, count });

describe("compareWithCard", () => {
  const card = cardSaying({ pictures: 50, groups: { things: { recall: 0.9 } }, depthAbsRel: { things: 0.08 } });

  it("forgives two points and no more", () => {
    expect(compareWithCard(measured(50, recall(0.881)), card)[0].isWorse).toBe(false);
    expect(compareWithCard(measured(50, recall(0.87)), card)[0].isWorse).toBe(true);
  });

  it("never calls better worse", () => {
    expect(compareWithCard(measured(50, recall(0.99)), card)[0].isWorse).toBe(false);
  });

  it("gives chance its due where few were counted, more so on other pictures than the card's", () => {
    const few = recall(0.82, 60);

    const [same] = compareWithCard(measured(50, few), card);
    const [other] = compareWithCard(measured(20, few), card);

    expect(same.isWorse).toBe(true);
    expect(other.isWorse).toBe(false);
  });

  it("takes a larger depth error for worse", () => {
    const depth = (value: number): Figure => ({ path: "depthAbsRel.things", value, count: 5000, lowerIsBetter: true });

    expect(compareWithCard(measured(50, depth(0.11)), card)[0].isWorse).toBe(true);
    expect(compareWithCard(measured(50, depth(0.02)), card)[0].isWorse).toBe(false);
  });

  it("measures what the card is silent about without judging it", () => {
    const [figure] = compareWithCard(measured(50, { path: "drawerState.open", value: 0.1, count: 50 }), card);

    expect(figure).toMatchObject({ isWorse: false, value: 0.1 });
    expect(figure.card).toBeUndefined();
  });
});
