import { describe, expect, it } from "vitest";
import { UNSEEN_COMBINATIONS } from "../../../models/train/generator/splits.js";
import { createTextureLibrary } from "../../render/index.js";
import { HELD_OUT_PAIRS } from "../../tasks/pointing/held-out.js";
import { holds } from "../../tasks/pointing/relations.js";
import { isClear, type SeenThing } from "../../tasks/pointing/seen-things.js";
import { createPointingEpisode } from "./create-pointing-episode.js";

const textures = createTextureLibrary();
const thingAt = (x: number, y: number): SeenThing => ({
  id: `${x},${y}`,
  instances: [],
  kind: "mug",
  center: [x, y, 0.76],
  sizeM: [0.06, 0.06, 0.08],
  yawRad: 0,
  pixels: 500,
});

describe("suite pointing", () => {
  it("asks for the combinations that training left out, no others", () => {
    expect(HELD_OUT_PAIRS).toEqual(UNSEEN_COMBINATIONS);
  });

  it("makes the same episode from the same index and seed", () => {
    const [a, b] = [createPointingEpisode(3, 21, textures), createPointingEpisode(3, 21)];

    expect(b.phrase).toBe(a.phrase);
    expect(b.scene).toEqual(a.scene);
    expect(b.picture.frame.rgb).toEqual(a.picture.frame.rgb);
    expect(a.seed).toBeGreaterThanOrEqual(900_000);
  });

  it("asks only for things that show clearly, and for absent ones only where nothing fits", () => {
    const episodes = [0, 1, 2, 3, 5, 7, 8, 11].map((index) => createPointingEpisode(index, 22, textures));
    const meant = episodes.map(({ truth, things }) =>
      truth.type === "thing" ? things.find(({ instances }) => instances === truth.instances) : truth.type,
    );

    expect(meant.filter((thing) => typeof thing === "object" && isClear(thing))).toHaveLength(6);
    expect(meant.filter((thing) => thing === "absent")).toHaveLength(2);
  });

  it("asks the same about the same picture in the other language", () => {
    const words = (text: string): boolean => /^[\u4e00-\u9fff]+$/u.test(text);
    const episodes = [0, 1, 3, 5].map((index) => createPointingEpisode(index, 22, textures));

    for (const { language, phrase, twin } of episodes) {
      expect(twin?.language).toBe(language === "en" ? "zh" : "en");
      expect(words(phrase)).toBe(language === "zh");
      expect(words(twin?.phrase ?? "")).toBe(language === "en");
    }
  });

  it("takes the side of an anchor for plain only within 45 degrees", () => {
    const anchor = thingAt(0.4, 0);

    expect(holds("left-of", thingAt(0.42, 0.1), [anchor])).toBe("yes");
    expect(holds("left-of", thingAt(0.55, 0.1), [anchor])).toBe("doubtful");
    expect(holds("left-of", thingAt(0.4, -0.1), [anchor])).toBe("no");
    expect(holds("front-of", thingAt(0.3, 0), [anchor])).toBe("yes");
    expect(holds("behind", thingAt(0.3, 0), [anchor])).toBe("no");
  });

  it("judges a free place by what stands there, hidden or not, and by the side", () => {
    const episode = createPointingEpisode(4, 21, textures);
    if (episode.truth.type !== "free") throw new Error("expected a free place");
    const thing = episode.things.find(({ startsIn }) => startsIn === "counter")!;
    const under = [thing.center[0], thing.center[1], 0.72] as const;

    expect(episode.truth.isRight({ instance: "background", positionInBase: under })).toBe("not-free");
    expect(episode.truth.isRight({ instance: "robot", positionInBase: [0.45, 0, 0.72] })).toBe("not-free");
  });
});
