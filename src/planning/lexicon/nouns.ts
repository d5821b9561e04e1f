import { KINDS, type Kind } from "../../domain/vocabulary.js";

/** Nouns by what they stand for, English singular forms and Chinese, most usual first. */
export interface NounGroup {
  readonly kinds: readonly Kind[];
  readonly english: readonly string[];
  readonly chinese: readonly string[];
  /** Set for the counter and the table, which are the world's ground rather than detections. */
  readonly surface?: string;
}

const words = (text: string): readonly string[] => (text === "" ? [] : text.split(", "));

const group = (kinds: readonly Kind[], english: string, chinese: string, surface?: string): NounGroup => ({
  kinds,
  english: words(english),
  chinese: words(chinese),
  ...(surface === undefined ? {} : { surface }),
});

/** One group for each kind, in the order of `KINDS`. */
export const KIND_NOUNS: Readonly<Record<Kind, NounGroup>> = {
  bag: group(
    ["bag"],
    "bag, pouch, packet, package, packaging bag, plastic bag, sachet, pack",
    "袋子, 包装袋, 袋, 塑料袋, 包",
  ),
  mug: group(["mug"], "mug, cup, coffee mug, coffee cup, teacup, tea cup", "杯子, 马克杯, 水杯, 咖啡杯, 茶杯, 杯"),
  can: group(["can"], "can, tin, soda can, tin can", "罐头, 罐子, 易拉罐, 铁罐, 罐"),
  bottle: group(["bottle"], "bottle, flask", "瓶子, 水瓶, 瓶"),
  apple: group(["apple"], "apple", "苹果"),
  banana: group(["banana"], "banana", "香蕉"),
  lemon: group(["lemon"], "lemon", "柠檬"),
  sponge: group(["sponge"], "sponge, scrubber", "海绵, 海绵块"),
  box: group(["box"], "box, carton", "盒子, 箱子, 纸盒, 盒"),
  block: group(["block"], "block, cube, brick, building block", "积木, 方块, 积木块, 立方体, 木块"),
  bowl: group(["bowl"], "bowl, dish", "碗, 盆"),
  drawer: group(["drawer"], "drawer", "抽屉"),
  sink: group(["sink"], "sink, basin", "水槽, 洗碗池, 水池, 洗手池"),
  shelf: group(["shelf"], "shelf, rack", "架子, 搁板, 置物架, 搁架, 层板"),
  zone: group(["zone"], "zone, area, square, mat, patch, region", "区域, 垫子, 区, 方形区域"),
  handle: group(["handle"], "handle, knob", "把手, 拉手"),
};

/** Words for several kinds at once. */
export const GROUP_NOUNS: readonly NounGroup[] = [
  group([], "thing, object, item, piece, stuff", "东西, 物品, 物体"),
  group(["apple", "banana", "lemon"], "fruit, piece of fruit", "水果"),
  group(["mug", "bowl"], "dishes, crockery, tableware", "餐具, 碗碟"),
  group(["apple", "banana", "lemon", "can"], "food", "食物, 食品"),
  group(["bowl", "box", "drawer", "sink"], "container", "容器"),
  group(
    [],
    "counter, countertop, counter top, kitchen counter, worktop, work surface, surface",
    "台面, 料理台, 柜台, 台子, 操作台, 厨房台面",
    "counter",
  ),
  group([], "table, tabletop, table top, desk, desktop", "桌子, 桌面, 桌, 餐桌", "table"),
];

export const ALL_NOUN_GROUPS: readonly NounGroup[] = [...KINDS.map((kind) => KIND_NOUNS[kind]), ...GROUP_NOUNS];

const IRREGULAR_PLURALS: Readonly<Record<string, string>> = { shelf: "shelves", "piece of fruit": "pieces of fruit" };
/** Words that stand for several things as they are. */
export const PLURAL_ONLY: ReadonlySet<string> = new Set(["dishes", "crockery", "tableware", "stuff", "food"]);

/** The plural of an English noun of this lexicon. */
export function pluralOf(noun: string): string {
  const irregular = IRREGULAR_PLURALS[noun];
  if (irregular !== undefined) return irregular;
  if (/(?:s|x|sh|ch)$/u.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/u.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
