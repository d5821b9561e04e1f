import type { DrawerState } from "../../domain/vocabulary.js";
import type { SpatialRelation } from "../../planning/lexicon/meaning.js";
import { otherwise, thing, type Pattern } from "./pattern.js";
import type { Comparison, Measure, Question } from "./question.js";
import { readColor } from "./read-thing.js";

const RELATION_WORDS: readonly (readonly [words: string, relation: SpatialRelation])[] = [
  ["左手边|左边|左侧|左面|左方", "left-of"],
  ["右手边|右边|右侧|右面|右方", "right-of"],
  ["前面|前边|前方|跟前", "front-of"],
  ["后面|后边|后方|背后", "behind"],
  ["旁边|边上|附近|身旁|旁", "near"],
  ["里面|里边|里头|之中|内部|里|内|中", "in"],
  ["上面|上边|上方|之上|上", "on"],
  ["下面|下边|下方|底下|下", "under"],
];
const LOC = RELATION_WORDS.map(([words]) => words).join("|");
const BETWEEN = "之间|中间|当中";

function relationOf(words: string): SpatialRelation {
  const found = RELATION_WORDS.find(([forms]) => forms.split("|").includes(words));
  if (found === undefined) throw otherwise();
  return found[1];
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  大: "biggest",
  小: "smallest",
  高: "tallest",
  矮: "shortest",
  近: "nearest",
  远: "farthest",
};
const MEASURES: Readonly<Record<string, Measure>> = {
  高: "height",
  高度: "height",
  宽: "width",
  宽度: "width",
  长: "length",
  长度: "length",
};
const comparison = (word: string): Comparison => COMPARISONS[word] ?? "biggest";

const OPEN = "打开着|开着|打开|敞开|开";
const AJAR = "半开着|半开|虚掩着|虚掩";
const CLOSED = "关着|关上|关好|关闭|关";
function stateOf(words: string): DrawerState {
  if (AJAR.split("|").includes(words)) return "ajar";
  return OPEN.split("|").includes(words) ? "open" : "closed";
}

const MEASURE_WORD = "(?:个|只|块|根|颗|件|瓶|罐|盒)?";
const WHAT = "(?:些)?(?:什么|啥|哪些)(?:东西|物品|物体)?";
const ROBOT = "(?:你|机器人|我|机器人底座|底座|相机)";

/** A place and what is said to be there, as one noun: 水槽里 and 苹果. */
const at = (place: string, what: string): string => (place === "" ? what : `${place.replace(/^在/u, "")}的${what}`);

function colored(what: string, ...words: readonly string[]): Question {
  const colors = words.filter((word) => word !== "").map(readColor);
  const known = colors.filter((color) => color !== undefined);
  if (known.length === 0 || known.length < colors.length) throw otherwise();
  return { ask: "is-color", what: thing(what), colors: known };
}

/** In the order in which they are tried: what is more particular comes first. Texts have no signs and no polite words. */
export const CHINESE_PATTERNS: readonly Pattern[] = [
  {
    form: new RegExp(
      `^(?:(?:能|可以)?(?:看到|看见)(?:了)?${WHAT}|(?:这里|这儿|上面)?(?:都)?有${WHAT}|描述(?:一下)?.*|(?:这|这里)?是什么场景)$`,
      "u",
    ),
    build: () => ({ ask: "scene" }),
  },
  {
    form: new RegExp(`^(.+?)(?:离|距离|距)${ROBOT}(?:有|是)?多(?:远|少米|少厘米)$`, "u"),
    build: (what) => ({ ask: "distance", what: thing(what) }),
  },
  {
    form: /^(.+?)(?:和|与|跟|到)(.+?)(?:之间)?(?:的)?(?:距离|相距|相隔|隔)(?:是|有)?(?:多少|多远)(?:米|厘米)?$/u,
    build: (what, to) => ({ ask: "distance", what: thing(what), to: thing(to) }),
  },
  {
    form: /^(.+?)(?:和|与|跟)(.+?)之间(?:有|是|隔)?多远$/u,
    build: (what, to) => ({ ask: "distance", what: thing(what), to: thing(to) }),
  },
  {
    form: /^(.+?)(?:离|距离|距)(.+?)(?:有|是)?多(?:远|少米|少厘米)$/u,
    build: (what, to) => ({ ask: "distance", what: thing(what), to: thing(to) }),
  },
  { form: /^(.+?)(?:有|在)?多远(?:的地方)?$/u, build: (what) => ({ ask: "distance", what: thing(what) }) },
  {
    form: /^(.+?)(?:有|是)?多(?:大|高|宽|长|厚)$/u,
    build: (what) => ({ ask: "size", what: thing(what), measure: "size" }),
  },
  {
    form: /^(.+?)的(大小|尺寸|高度|宽度|长度)(?:是|有)?(?:多少|什么)?$/u,
    build: (what, measure) => ({ ask: "size", what: thing(what), measure: MEASURES[measure] ?? "size" }),
  },
  {
    form: /^(.+?)(?:都)?(?:是)?(?:什么|啥|哪种|何种)颜色(?:的)?$/u,
    build: (what) => ({ ask: "color", what: thing(what) }),
  },
  { form: /^(.+?)的颜色(?:是什么|是啥)?$/u, build: (what) => ({ ask: "color", what: thing(what) }) },
  {
    form: new RegExp(`^(.+?)(?:是)?(?:${OPEN}|${CLOSED})(?:的|着)?还是(?:${OPEN}|${CLOSED}|${AJAR})(?:的|着)?$`, "u"),
    build: (what) => ({ ask: "state", what: thing(what) }),
  },
  {
    form: /^(.+?)(?:的)?(?:是)?(?:什么|啥)?状态(?:是什么|怎么样|如何)?$/u,
    build: (what) => ({ ask: "state", what: thing(what) }),
  },
  {
    form: new RegExp(
      `^(.+?)(?:现在)?(?:是不是|是否|是)?(${AJAR}|${OPEN}|${CLOSED})(?:的|了|着)*(?:吗|么|没有|没)$`,
      "u",
    ),
    build: (what, state) => ({ ask: "state", what: thing(what), said: stateOf(state) }),
  },
  {
    form: new RegExp(`^(.+?)(?:${LOC})?(?:是不是|是)?空(?:的|着)?(?:吗|么)$`, "u"),
    build: (what) => ({ ask: "empty", what: thing(what) }),
  },
  {
    form: new RegExp(`^(.*?)(?:一共|总共)?(?:有)?(?:几|多少)${MEASURE_WORD}(.+)$`, "u"),
    build: (place, what) => ({
      ask: "count",
      what: thing(at(place.replace(/^(?:能)?(?:看到|看见)(?:了)?/u, ""), what)),
    }),
  },
  {
    form: new RegExp(`^(.+?)(?:一共|总共|共)?有(?:几|多少)${MEASURE_WORD}$`, "u"),
    build: (what) => ({ ask: "count", what: thing(what) }),
  },
  {
    form: /^(.+?)(?:在|放在|位于)(?:哪里|哪儿|哪|什么地方|什么位置|何处)$/u,
    build: (what) => ({ ask: "where", what: thing(what) }),
  },
  { form: /^(?:哪里|哪儿|什么地方)有(.+)$/u, build: (what) => ({ ask: "where", what: thing(what) }) },
  { form: /^(.+?)的位置(?:在哪里|是什么|在哪)?$/u, build: (what) => ({ ask: "where", what: thing(what) }) },
  {
    form: /^(.+?)是?在(.+?)(?:的)?(?:左|右)(?:手边|边|侧|面)?还是(?:左|右)(?:手边|边|侧|面)?$/u,
    build: (what, anchor) => ({
      ask: "holds",
      what: thing(what),
      relations: ["left-of", "right-of"],
      anchor: thing(anchor),
    }),
  },
  {
    form: /^(.+?)是?在(.+?)(?:的)?(?:前|后)(?:边|面|方)?还是(?:前|后)(?:边|面|方)?$/u,
    build: (what, anchor) => ({
      ask: "holds",
      what: thing(what),
      relations: ["front-of", "behind"],
      anchor: thing(anchor),
    }),
  },
  {
    form: new RegExp(`^(.+?)(?:是不是|是否|是)?在(.+?)(?:和|与|跟)(.+?)(?:${BETWEEN})(?:吗|么)$`, "u"),
    build: (what, a, b) => ({
      ask: "holds",
      what: thing(what),
      relations: ["between"],
      anchor: thing(a),
      other: thing(b),
    }),
  },
  {
    form: new RegExp(`^(.+?)(?:是不是|是否|在不|是)?在(.+?)(?:的)?(${LOC})(?:吗|么)?$`, "u"),
    build: (what, anchor, relation) => ({
      ask: "holds",
      what: thing(what),
      relations: [relationOf(relation)],
      anchor: thing(anchor),
    }),
  },
  {
    form: new RegExp(`^(?:在)?(.+?)(?:和|与|跟)(.+?)(?:${BETWEEN})(?:的)?(?:有|是|放着)${WHAT}$`, "u"),
    build: (what, other) => ({ ask: "related", relation: "between", what: thing(what), other: thing(other) }),
  },
  {
    form: new RegExp(`^(?:在)?(.+?)(?:的)?(${LOC})(?:的)?(?:都)?(?:有|是|放着|摆着|放了|装着|装了)${WHAT}$`, "u"),
    build: (what, relation) => ({ ask: "related", relation: relationOf(relation), what: thing(what) }),
  },
  {
    form: /^(.+?)比(.+?)(?:更)?(大|小|高|矮|近|远)(?:一些|一点)?(?:吗|么)?$/u,
    build: (what, to, by) => ({ ask: "compare", what: thing(what), to: thing(to), by: comparison(by) }),
  },
  {
    form: /^(.+?)(?:和|与|跟|还是)(.+?)(?:哪个|哪一个|谁)(?:离(?:你|机器人))?(?:更|比较)?(大|小|高|矮|近|远)(?:一些|一点)?$/u,
    build: (what, to, by) => ({ ask: "which-of", what: thing(what), to: thing(to), by: comparison(by) }),
  },
  {
    form: /^(?:哪个|哪一个|哪只|哪块|哪根)(.+?)(?:离(?:你|机器人))?(?:是)?(最(?:大|小|高|矮|近|远|左边|右边|左|右))(?:的)?$/u,
    build: (what, extreme) => ({ ask: "which", what: thing(`${extreme}的${what}`) }),
  },
  {
    form: /^(.+?)(?:中|里|里面|当中)?(?:哪个|哪一个|哪只|哪块|哪根)(?:离(?:你|机器人))?(?:是)?(最(?:大|小|高|矮|近|远|左边|右边|左|右))(?:的)?$/u,
    build: (what, extreme) => ({ ask: "which", what: thing(`${extreme}的${what}`) }),
  },
  {
    form: /^(?:能|可以|能不能|可不可以)?(?:看到|看见|看得到|看得见|找到|找得到)(.+?)(?:吗|么)?$/u,
    build: (what) => ({ ask: "presence", what: thing(what) }),
  },
  {
    form: /^(?:这里|这儿)?(?:有没有|是否有|是不是有|有)(.+?)(?:吗|么|没有)?$/u,
    build: (what) => ({ ask: "presence", what: thing(what.replace(/^(?:任何|什么)/u, "")) }),
  },
  {
    form: new RegExp(`^(?:在)?(.+?(?:${LOC}))(?:有没有|是否有|是不是有|有)(.+?)(?:吗|么|没有)$`, "u"),
    build: (place, what) => ({ ask: "presence", what: thing(at(place, what.replace(/^(?:任何|什么)/u, ""))) }),
  },
  {
    form: /^(.+?)(?:在不在|是否在|在)(?:这里|这儿|不在)?(?:吗|么)?$/u,
    build: (what) => ({ ask: "presence", what: thing(what) }),
  },
  { form: /^(.+?)(?:都)?是(.+?)(?:的)?还是(.+?)(?:的)?$/u, build: colored },
  { form: /^(.+?)(?:都)?(?:是不是|是)(.+?)(?:的)?(?:吗|么)?$/u, build: colored },
  {
    form: /^(.+?)(?:是不是|是)(?:一个|一只|一块|一根)?(.+?)(?:吗|么)$/u,
    build: (what, kind) => {
      const { kinds, colors } = thing(kind);
      if (kinds.length === 0 || colors.length > 0) throw otherwise();
      return { ask: "is-kind", what: thing(what), kinds };
    },
  },
  {
    form: /^(.+?)是(?:什么|啥|哪个|哪一个)(?:东西|物品)?$/u,
    build: (what) => ({ ask: "which", what: thing(what.replace(/的$/u, "的东西")) }),
  },
  { form: /^(?:哪个|哪一个|哪只)(?:是)?(.+)$/u, build: (what) => ({ ask: "which", what: thing(what) }) },
];
