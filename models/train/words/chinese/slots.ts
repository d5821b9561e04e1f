import { COLORS } from "../../../../src/domain/vocabulary.js";
import type { PieceRole } from "../../../../src/ports/words-reader.js";
import { COLOR_WORDS } from "../../../../src/planning/lexicon/qualities.js";
import { begin, piece, plain, type Bit, type Slots } from "../bits.js";
import { ANCHORS, chooseNoun, CONTAINERS, SURFACES, THINGS, type Chooser } from "../words.js";
import { chinesePhrase } from "./phrases.js";

const split = (words: string): readonly string[] => words.split(", ");

export function chineseSlots(chooser: Chooser): Slots {
  const { random } = chooser;
  const chance = (p: number): boolean => random.chance(p);
  const phrase = chinesePhrase(chooser);
  const de = (p = 0.6): readonly Bit[] => (chance(p) ? [plain("的")] : []);
  const relations: readonly (readonly [label: string, words: string, groups: readonly string[]])[] = [
    ["rel:in", "里, 里面, 里边, 中, 内, 里头", CONTAINERS],
    ["rel:on", "上, 上面, 上边, 顶上", [...SURFACES, "block", "box"]],
    ["rel:left-of", "左边, 左侧, 的左边, 左面", ANCHORS],
    ["rel:right-of", "右边, 右侧, 的右边, 右面", ANCHORS],
    ["rel:front-of", "前面, 前边, 的前面, 前方", ANCHORS],
    ["rel:behind", "后面, 后边, 的后面, 后方", ANCHORS],
    ["rel:near", "旁边, 旁, 附近, 边上, 的旁边", ANCHORS],
    ["rel:between", "之间, 中间, 的中间", ANCHORS],
  ];
  const near = (label: string, words: string, groups: readonly string[], role: PieceRole): readonly Bit[] => {
    const localizer = piece(random.pick(split(words)), label, role);
    const anchor = phrase(groups, role, 0.3);
    if (label !== "rel:between") return [...anchor, localizer];
    return [...anchor, plain(random.pick(["和", "跟", "与"])), ...phrase(groups, role, 0.3), localizer];
  };
  /** 抽屉里的: a place in front of what it tells apart. */
  const where = (): readonly Bit[] => {
    if (chance(0.12)) {
      const far = chance(0.3);
      return [
        plain(random.pick(["离", "距离", "离"])),
        ...near(far ? "rel:farthest-from" : "rel:nearest-to", far ? "最远" : "最近", ANCHORS, "after"),
        plain("的"),
      ];
    }
    if (chance(0.06)) return [...near("rel:under", "下面, 下边, 底下", ["shelf", "table"], "after"), plain("的")];
    const [label, words, groups] = chance(0.5) ? relations[random.below(2)] : random.pick(relations);
    return [...near(label, words, groups, "after"), ...de(0.85)];
  };
  const corrected = (): readonly Bit[] => {
    const [wrong, right] = random.shuffle(COLORS);
    const sorry = random.pick(["不对", "不是", "不，", "哦不", "错了", "说错了", "啊不对", "不不", "应该是"]);
    const base = (word: (typeof COLORS)[number]): string => `${split(COLOR_WORDS[word][1])[0]}色`;
    const noun = chooseNoun(THINGS, chooser);
    const other = chooseNoun(THINGS, chooser);
    const head = piece(noun.text, noun.label, "object");
    const chosen = piece(base(right), `color:${right}`, "object");
    const style = random.below(3);
    if (style === 0)
      return begin(
        [
          plain(base(wrong)),
          plain("的"),
          head,
          plain(`，${sorry}，`),
          chosen,
          plain(random.pick(["的", "的那个", "那个"])),
        ],
        "phrase",
      );
    if (style === 1) return begin([plain(other.text), plain(`，${sorry}，`), head], "phrase");
    return begin([plain(base(wrong)), plain(other.text), plain(`，${sorry}，`), chosen, head], "phrase");
  };
  const except = (): readonly Bit[] => [
    plain(random.pick(["除了", "除"])),
    ...phrase(THINGS, "except", 0.1),
    plain(random.pick(["以外", "之外", "外", ""])),
    plain(random.pick(["的", ""])),
  ];
  const object = (groups: readonly string[] = THINGS, placed = 0.3): readonly Bit[] => [
    ...(chance(0.012) ? except() : []),
    ...(chance(placed) ? where() : []),
    ...phrase(groups, "object", 1),
  ];
  /** 到水槽里, 进水槽, 在杯子旁边, 架子上. */
  const goal = (groups?: readonly string[], lead = true): readonly Bit[] => {
    const r = random.next();
    if (lead && r < 0.22) {
      const place = phrase(groups ?? CONTAINERS, "goal", 0.3);
      const inner = piece(random.pick(["里", "里面", "中"]), "rel:in", "goal");
      return chance(0.5)
        ? [piece(random.pick(["进", "入"]), "rel:in", "goal"), ...place]
        : [plain("进"), ...place, inner];
    }
    const to = lead ? [plain(random.pick(["到", "到", "在", "回", ""]))] : [];
    if (groups !== undefined || r < 0.45)
      return [...to, ...near("rel:in", "里, 里面, 里边, 中", groups ?? CONTAINERS, "goal")];
    if (r < 0.66) return [...to, ...near("rel:on", "上, 上面, 上边", [...SURFACES, "block", "box"], "goal")];
    if (lead && r < 0.71) return [plain("到"), ...phrase([...CONTAINERS, ...SURFACES], "goal", 0.3)];
    const [label, words, anchors] = random.pick(relations.slice(2));
    return [...to, ...near(label, words, anchors, "goal")];
  };
  /** A place in front of the goal's own noun: 到水槽旁边的碗里. */
  const placed = (bits: readonly Bit[]): readonly Bit[] => {
    if (!chance(0.1)) return bits;
    const at = bits.findIndex(({ begins }) => begins === "phrase");
    const first = bits.findIndex(({ role }) => role === "goal");
    return at < 0 || first < at ? bits : [...bits.slice(0, at), ...where(), ...bits.slice(at)];
  };
  const source = (role: PieceRole): readonly Bit[] => {
    const [label, words, groups] = chance(0.75) ? relations[0] : relations[1];
    return near(label === "rel:in" || label === "rel:on" ? "rel:from" : label, words, groups, role);
  };

  const located = (role: PieceRole): readonly Bit[] => {
    const [label, words, groups] = relations[chance(0.55) ? 0 : chance(0.75) ? 1 : 2 + random.below(5)];
    return near(label, words, groups, role);
  };

  return {
    now: () => [{ ...plain(""), begins: "clause" }],
    bare: () => phrase(THINGS, "object", 0.8),
    holder: () => phrase(["sink", "bowl", "drawer", "drawer", "counter", "table", "shelf", "zone"], "object", 0.3),
    goal_noun: () => phrase([...CONTAINERS, ...SURFACES], "goal", 0.3),
    located: () => located("after"),
    located_late: () => located("before"),
    object: () => (chance(0.05) ? corrected() : object()),
    thing: () => object(THINGS, 0.08),
    drawer: () => phrase(["drawer"], "object", 0.4),
    list: () => {
      const items = Array.from({ length: 2 + (chance(0.25) ? 1 : 0) }, () => phrase(THINGS, "object", 0.3));
      return items.flatMap((item, i) => [
        ...(i === 0 ? [] : [plain(i === items.length - 1 ? random.pick(["和", "和", "跟", "还有"]) : "、")]),
        ...item,
      ]);
    },
    it: () => begin([piece(random.pick(["它", "它", "它", "他", "这个"]), "pronoun", "object")], "phrase"),
    goal: () => placed(goal()),
    into_it: () =>
      chance(0.6)
        ? [piece("进", "rel:in", "goal"), piece("去", "pronoun", "goal")]
        : [plain("到"), piece(random.pick(["里面", "里边", "它里面"]), "pronoun", "goal")],
    inside: () => [piece(random.pick(["里面", "里边", "里头"]), "pronoun", "after"), ...de(0.9)],
    goal_bare: () => goal(undefined, false),
    goal_in: () => goal(["bowl", "zone", "drawer", "sink", "box"]),
    goal_plain: () => phrase(["bowl", "zone", "box"], "goal", 0),
    source_first: () => [...near("rel:in", "里, 里面, 中", CONTAINERS, "after"), ...de(0.9)],
    source_first_from: () => [plain("从"), ...source("after")],
    source_from: () => [plain("从"), ...source("before")],
    towards: () => near("rel:near", "旁边, 边上", ANCHORS, "goal"),
    way: () => {
      const [label, words] = random.pick([
        ["left", "左边, 左, 左侧"],
        ["right", "右边, 右, 右侧"],
        ["front", "前面, 前"],
        ["back", "后面, 后"],
      ] as const);
      return [piece(random.pick(split(words)), `way:${label}`)];
    },
    distance: () => {
      const metres = chance(0.15);
      return [
        piece(
          metres
            ? random.pick(["0.1", "0.2", "0.15"])
            : random.pick(["5", "10", "十", "五", "八", "15", "二十", "十五"]),
          "number",
        ),
        piece(metres ? "米" : random.pick(["厘米", "公分"]), metres ? "unit:m" : "unit:cm"),
      ];
    },
    place: () =>
      begin(
        [
          ...phrase(["counter", "table", "drawer", "sink", "shelf", "bowl"], "object", 0.1),
          ...(chance(0.3) ? [plain(random.pick(["上", "里"]))] : []),
        ],
        "phrase",
      ),
    many: () => {
      const noun = chooseNoun(["block", "block", "mug", "thing", "fruit", "can", "box", "bag"], chooser);
      const all = chance(0.5) ? [piece(random.pick(["所有", "所有的", "全部"]), "all", "object")] : [];
      return [...(chance(0.15) ? where() : []), ...begin([...all, piece(noun.text, noun.label, "object")], "phrase")];
    },
    everything: () => {
      const noun = piece(random.pick(["东西", "物品", "东西"]), "noun:thing", "object");
      const all = chance(0.5) ? [piece(random.pick(["所有", "所有的", "全部的", "全部"]), "all", "object")] : [];
      const before = chance(0.3) ? except() : [];
      return [
        ...before,
        ...(chance(0.5) ? where() : []),
        ...begin([...all, noun], "phrase"),
        ...(chance(0.3) ? [plain("都")] : []),
      ];
    },
    look: () => {
      const [at, words] = random.pick([
        ["left", "左边, 左"],
        ["right", "右边, 右"],
        ["up", "上面, 上"],
        ["down", "下面, 下"],
        ["home", "前面, 前"],
      ] as const);
      return [piece(random.pick(split(words)), `look:${at}`)];
    },
    seconds: () => [
      piece(random.pick(["2", "3", "5", "10", "两", "三", "五", "十", "二十", "三十"]), "number"),
      plain(random.pick(["秒", "秒钟"])),
    ],
  };
}
