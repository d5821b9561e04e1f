import type { Kind } from "../domain/vocabulary.js";
import { colorOf, isMovable, kindOf } from "../planning/reference/match-attributes.js";
import { groundDistance, holdsRelation, NEAR_M } from "../planning/reference/spatial-relation.js";
import { COLOR_WORDS } from "../planning/lexicon/qualities.js";
import { KIND_NOUNS } from "../planning/lexicon/nouns.js";
import type { RememberedThing } from "../ports/picture-memory.js";

export interface InTwoLanguages {
  readonly en: string;
  readonly zh: string;
}

/** Things whose heights differ by more than this are above each other rather than beside. */
const ROW_M = 0.12;
const CONTAINERS: readonly Kind[] = ["drawer", "sink", "bowl", "box"];
const SUPPORTS: readonly Kind[] = ["shelf", "zone"];

/**
 * Where a thing is among the others of its picture: in or on something, else beside something, with metres from the robot's base where
 * the camera was calibrated.
 */
export function tellPlace(
  thing: RememberedThing,
  things: readonly RememberedThing[],
  { calibrated }: { readonly calibrated: boolean },
): InTwoLanguages {
  if (thing.held === true) return { en: "in the robot's hand", zh: "在机器人手里" };
  const others = things.filter(({ id }) => id !== thing.id);
  const of = (kinds: readonly Kind[]): readonly RememberedThing[] =>
    others.filter((other) => kinds.some((kind) => kind === kindOf(other)));
  const inside = smallest(of(CONTAINERS).filter((place) => holdsRelation("in", thing, [place])));
  if (inside !== undefined) {
    const name = nameOf(inside, others);
    return { en: `in the ${name.en}`, zh: `在${name.zh}里` };
  }
  const under = smallest(of(SUPPORTS).filter((place) => holdsRelation("on", thing, [place])));
  if (under !== undefined) {
    const name = nameOf(under, others);
    return { en: `on the ${name.en}`, zh: `在${name.zh}上` };
  }
  const ahead = calibrated ? metres(thing) : undefined;
  const near = others
    .filter((other) => isMovable(other) && holdsRelation("near", thing, [other]))
    .sort((a, b) => groundDistance(a, thing) - groundDistance(b, thing))[0];
  if (near !== undefined && groundDistance(near, thing) <= NEAR_M * 2) {
    const name = nameOf(near, others);
    return {
      en: ["near the " + name.en, ahead?.en].filter((part) => part !== undefined).join(", "),
      zh: ["在" + name.zh + "旁边", ahead?.zh].filter((part) => part !== undefined).join("，"),
    };
  }
  return ahead ?? { en: "in the open", zh: "在外面" };
}

/** From the robot's base: x is ahead, y to the left. */
function metres({ positionInBase: [x, y, z] }: RememberedThing): InTwoLanguages {
  const [ahead, aside, up] = [x, y, z].map((value) => Math.abs(value).toFixed(2));
  return {
    en: `${ahead} m ${x >= 0 ? "ahead" : "behind"}, ${aside} m to the ${y >= 0 ? "left" : "right"}, ${up} m up`,
    zh: `${x >= 0 ? "前方" : "后方"} ${ahead} 米，${y >= 0 ? "左" : "右"}侧 ${aside} 米，高 ${up} 米`,
  };
}

/** The box in the drawer says more than the drawer. */
const smallest = (places: readonly RememberedThing[]): RememberedThing | undefined =>
  [...places].sort((a, b) => volume(a) - volume(b))[0];

const volume = ({ extentInBase: { sizeM } }: RememberedThing): number => sizeM[0] * sizeM[1] * sizeM[2];

/** "blue bowl", "left drawer": with its side where there are several of the kind. */
function nameOf(place: RememberedThing, things: readonly RememberedThing[]): InTwoLanguages {
  const kind = kindOf(place);
  if (kind === undefined) return { en: place.label, zh: place.label };
  const color = kind === "drawer" || kind === "sink" || kind === "shelf" ? undefined : colorOf(place);
  const alike = [
    place,
    ...things.filter(
      (other) => other.id !== place.id && kindOf(other) === kind && (color === undefined || colorOf(other) === color),
    ),
  ];
  const side = alike.length > 1 ? sideAmong(place, alike) : { en: "", zh: "" };
  const zh = KIND_NOUNS[kind].chinese[0];
  const zhColor = color === undefined ? "" : `${COLOR_WORDS[color][1].split(", ")[0]}色`;
  return {
    en: [side.en, color, kind].filter((word) => word !== undefined && word !== "").join(" "),
    zh: `${side.zh}${zhColor}${zh}`,
  };
}

function sideAmong(place: RememberedThing, alike: readonly RememberedThing[]): InTwoLanguages {
  const [, y, z] = place.extentInBase.center;
  const row = alike.filter((other) => Math.abs(other.extentInBase.center[2] - z) <= ROW_M);
  const column = alike.filter((other) => Math.abs(other.extentInBase.center[1] - y) <= ROW_M);
  const heights = column.map((other) => other.extentInBase.center[2]);
  const level =
    column.length < 2
      ? { en: "", zh: "" }
      : z >= Math.max(...heights)
        ? { en: "top", zh: "上面的" }
        : z <= Math.min(...heights)
          ? { en: "bottom", zh: "下面的" }
          : { en: "middle", zh: "中间的" };
  if (row.length < 2) return level;
  const sides = row.map((other) => other.extentInBase.center[1]);
  const side =
    y >= Math.max(...sides)
      ? { en: "left", zh: "左边的" }
      : y <= Math.min(...sides)
        ? { en: "right", zh: "右边的" }
        : { en: "middle", zh: "中间的" };
  return { en: [level.en, side.en].filter((word) => word !== "").join(" "), zh: `${level.zh}${side.zh}` };
}
