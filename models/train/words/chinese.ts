import { COLORS } from "../../../src/domain/vocabulary.js";
import type { PieceRole } from "../../../src/ports/words-reader.js";
import { COLOR_WORDS, EXTREME_WORDS, STATE_WORDS } from "../../../src/planning/lexicon/qualities.js";
import type { Extreme } from "../../../src/planning/lexicon/meaning.js";
import { begin, fill, piece, plain, templates, type Bit, type Slots } from "./bits.js";
import { ANCHORS, chooseNoun, CONTAINERS, SURFACES, THINGS, type Chooser } from "./words.js";

export const CHINESE = {
  take: templates(`
    (你/)<去拿/去抓/去取/过去拿|verb:take>{object}
    (看到/看见/找到){object}(了吗/没/)，<拿起来/捡起来/抓住它|verb:take>
    (你/你去/)(把/将){object}<拿上/拿到手里/抓在手里/握在手里|verb:take>
    用手<抓住/拿起/拿住|verb:take>{object}
    {object}，<拿着它/拿起来/抓住|verb:take>
    (该/现在该/应该)<拿/取|verb:take>{object}了
    那里有{object}，<拿起来/拿上|verb:take>
    <拿/拿起/取/抓/抓住/抓起/捡起/夹起/拾起/举起/拿着|verb:take>{object}
    <拿/拿起/抓起/捡起|verb:take>{list}
    (把/将){object}<拿起来/抓起来/捡起来/夹起来/拿起/拿走/抓住/拿着/拿好/取走|verb:take>
    (把/将){list}<拿起来/捡起来|verb:take>
    {object}<拿起来/捡起来|verb:take>
    (需要你/你去/你来)<拿/抓/取/捡|verb:take>{object}
    <攥住/握住/提起|verb:take>{object}
    (把/将){object}<握住/提起来/攥住|verb:take>
    ! <拎起/钳住|verb:take>{object}
    ! {object}(麻烦你/)<拿一下|verb:take>
    ! 手里<抓着/拿着|verb:take>{object}就行`),
  "take out": templates(`
    {object}{source_from}<拿出来/取出来/掏出来|verb:out>
    (把/将){object}{source_from}<拽出来/提出来/夹出来|verb:out>
    (打开看看/看看/){source_first}{object}，<拿出来/取出来|verb:out>
    (我要/需要)(把/将){object}{source_from}<拿出来/取出来|verb:out>
    {source_first_from}(把/将){object}<提出来/弄走/拿走|verb:out>
    (把/将){source_first}{object}<拿出来/取出来/拿出/取出/夹出来/掏出来|verb:out>
    {source_first_from}(把/将){object}<拿出来/取出来/拿出/取出/拿下来/取下来|verb:out>
    (把/将){object}{source_from}<拿出来/取出来/拿出/取下来|verb:out>
    {source_first_from}<拿出/取出/掏出|verb:out>{object}
    {source_first_from}<拿/取/抓|verb:take>{object}
    <拿出/取出|verb:out>{source_first}{object}
    {source_first}{object}<拿出来/取出来|verb:out>
    (把/将){object}<拿出来/取出来/拿出|verb:out>
    ! (把/将){object}{source_from}<弄出来/捞出来|verb:out>
    ! {source_first_from}(给我/)<挑出/捞出|verb:out>{object}`),
  give: templates(`
    <把|none>{object}<递过来给我/送过来/给到我/拿来给我/带给我|verb:give>
    我想<要/拿|verb:give>{object}
    (能/可以/你能)<给我/递给我|verb:give>{object}吗
    {object}在哪，<拿给我/给我|verb:give>
    {object}，<给我/拿给我/递过来|verb:give>
    我<需要/想要/要用|verb:give>{object}
    <把|none>{object}<递给我/拿给我/给我/交给我/递过来/拿过来/送给我|verb:give>
    <给我/递给我/拿给我/交给我|verb:give>{object}
    <我要/我想要/我需要|verb:give>{object}
    <给我|verb:give><拿|verb:take>{object}
    {object}<给我/递给我/拿过来|verb:give>
    <给|verb:give>我<拿/取|verb:take>{object}
    ! <麻烦递|verb:give>{object}过来
    ! (把/将){object}<传过来/交到我手上/放我手里|verb:give>
    ! 我<想用/缺|verb:give>{object}`),
  put: templates(`
    (把/将){object}<弄/拨/归/塞|verb:put>{goal}
    {object}，<放/摆/移|verb:put>{goal}
    (我要/我想/你要)(把/将){object}<放/摆|verb:put>{goal}
    {object}<需要放/必须放/最好放/可以放/就放/的位置|verb:put>{goal}
    (请拿/拿/用){object}<放|verb:put>{goal}
    <放|verb:put>{object}{goal}
    (看到/看见/找到){object}(了吗/没/)，(把它/)<放/移/摆|verb:put>{goal}
    那里有{object}，(把它/)<放/移|verb:put>{goal}
    (应该/最好)(把/将){object}<放/移/收|verb:put>{goal}
    (在/往){goal_bare}<放上/摆上/放入|verb:put>{object}
    (把/将){object}<放/摆/移/搬/挪/丢/扔/收/装/送/转移|verb:put>{goal}
    (把/将){object}<放/摆/移/放|verb:put>{goal}
    (把/将){list}(都/全部/)<放/摆/移/搬|verb:put>{goal}
    {object}<放/摆/移|verb:put>{goal}
    {source_first_from}(把/将){object}<放/移/拿|verb:put>{goal}
    (把/将){object}{source_from}<拿/移|verb:put>{goal}
    <把|none>{object}<拿起来放/拿起放|verb:put>{goal}
    (让/叫){object}<待/呆/落|verb:put>{goal}
    {object}<应该放/要放/应该在/得放|verb:put>{goal}
    (请往/往){goal_bare}<放/摆/丢|verb:put>{object}
    (把/将){object}<搁/塞/安放/摆放/放置|verb:put>{goal}
    ! (把/将){object}<挪动/安置|verb:put>{goal}
    ! {object}(你/)<给我放|verb:put>{goal}
    ! 我想让{object}<躺/留|verb:put>{goal}`),
  "move aside": templates(`
    (把/将){thing}<推|verb:push>{distance}(往/向/到){way}
    {thing}(往/向){way}<推|verb:push>{distance}
    {thing}，(往/向){way}<推/推一下|verb:push>
    (把/将){thing}<推|verb:push>(到/往/向){way}
    (把/将){thing}(往/向/朝){way}<推/推动/推一下/推一推|verb:push>(一点/)
    (把/将){thing}<推|verb:push>(往/向/到){way}
    (把/将){thing}(往/向/朝){way}<推|verb:push>{distance}
    <推|verb:push>{thing}(往/向){way}
    (把/将){thing}(往/向/朝){way}<移/挪/移动/放|verb:put>(一点/)
    (把/将){thing}<推到/推向|verb:push>{towards}
    ! (让/叫){thing}(往/向/朝){way}<滑/顶|verb:push>{distance}
    ! {thing}(往/向/朝){way}<推推/挪挪|verb:push>`),
  drawer: templates(`
    让{drawer}<开着/打开|verb:open>
    让{drawer}<关上/关着|verb:close>
    (把/将){drawer}<拉出来/拽开/推开/开开|verb:open>
    (请/)(把/将){drawer}<关严实/关闭/推进去|verb:close>
    {drawer}(该/应该/要/需要)<打开/开着|verb:open>
    {drawer}(该/应该/要/需要)<关上/关着|verb:close>
    假如{drawer}(开着/没关)，就<关上/关好|verb:close>
    <打开/拉开/开/开启/开一下|verb:open>{drawer}
    <关上/关闭/关/合上/推上/关好|verb:close>{drawer}
    (把/将){drawer}<打开/拉开/开开|verb:open>
    (把/将){drawer}<关上/合上/关好/推回去/关起来/推进去/关紧|verb:close>
    {drawer}<打开/拉开|verb:open>
    {drawer}<关上/关好|verb:close>
    如果{drawer}(关着/没开/是关的)，(就/)<打开|verb:open>它
    如果{drawer}(开着/没关/还开着)，(就/)(把它/)<关上/关好|verb:close>
    (我要/我想){drawer}<开着|verb:open>
    ! {drawer}<给我拉开/敞开|verb:open>
    ! 要是{drawer}(开着/没关严)，就<关上/合上|verb:close>它
    ! (记得/别忘了)(把/将){drawer}<带上/关严|verb:close>`),
  tidy: templates(`
    (把/将){place}<整理一下/清一下/清出来/打扫一下|verb:clear>
    {place}(该/需要/应该)<收拾了/清理/整理|verb:clear>
    {many}<按颜色|by-color><放好/分好|verb:sort>
    <收拾/清理/整理/清空/腾空/收拾一下/清理一下|verb:clear>{place}
    (把/将){place}<收拾干净/清理干净/清空/收拾一下/腾空|verb:clear>
    (把/将){many}<按颜色/按照颜色/根据颜色|by-color><分类/分好/归类/分开|verb:sort>
    <按颜色/按照颜色|by-color>(把/将){many}<分类/分好/分开|verb:sort>
    (把/将){many}<按颜色|by-color><放|verb:put>{goal_in}
    (把/将){many}<放|verb:put>进<对应颜色/相同颜色/同色|by-color>的{goal_plain}里
    (把/将){many}(都/)<按颜色|by-color><放|verb:put>到<对应|by-color>的{goal_plain}(里/上/)
    (把/将){everything}<放/收/移|verb:put>{goal}
    {everything}<放/收|verb:put>{goal}
    ! (把/将){place}<弄干净/归置一下|verb:clear>
    ! {many}<依照颜色|by-color><摆好/归位|verb:sort>`),
  small: templates(`
    (把/)手<松开/张开|verb:release>
    (转/转过头)(往/向){look}<看|verb:look>
    <停/停下等|verb:wait>{seconds}
    <看/看向/看一下/看看|verb:look>{look}
    (往/向/朝){look}<看/看看/看一下|verb:look>
    <等/等待/暂停/等一下|verb:wait>{seconds}
    <松开/松手/放开/张开手/松开手/打开夹爪/放手|verb:release>
    (把/将){object}<放下/放下来|verb:release>
    <放下|verb:release>{object}
    (把/将){it}<放下/放下来|verb:release>
    ! (镜头/头)(转向/朝){look}<转|verb:look>
    ! <歇|verb:wait>{seconds}
    ! <撒手/手张开|verb:release>`),
} as const;

const SEQUELS = templates(`
  (把/将){object}<放/装/丢/收|verb:put>{into_it}
  (把/将){it}<放/装|verb:put>{into_it}
  <放/丢|verb:put>{into_it}
  (把/将){inside}{object}<拿出来/取出来|verb:out>
  <拿出/取出|verb:out>{inside}{object}
  (把/将){inside}{object}<放/移|verb:put>{goal}
  (再/)<关上/关好/合上|verb:close>
  (把/将){it}<放/移/摆|verb:put>{goal}
  <放/摆/丢|verb:put>{goal}
  <放/丢|verb:put>{goal}
  (把/将){it}<递给我/给我/拿给我|verb:give>
  <递给我/给我|verb:give>
  <关上/关好|verb:close>{drawer}
  (把/将){it}<放下|verb:release>`).map(({ text }) => text);

const split = (words: string): readonly string[] => words.split(", ");
const DIGITS = ["", "一", "二", "三", "四", "五", "六"];

const definite = (text: string, matters: boolean, role: PieceRole): Bit =>
  matters ? piece(text, "definite", role) : plain(text);

export function chineseSlots(chooser: Chooser): Slots {
  const { random } = chooser;
  const chance = (p: number): boolean => random.chance(p);
  const de = (p = 0.6): readonly Bit[] => (chance(p) ? [plain("的")] : []);

  const color = (role: PieceRole): readonly Bit[] => {
    const word = random.pick(COLORS);
    const base = random.pick(split(COLOR_WORDS[word][1]));
    const text = chance(0.8) || base === "咖啡" ? `${base}色` : base;
    return [piece(text, `color:${word}`, role), ...de()];
  };

  /** 那个左边第二个小的红色杯子: what stands before a Chinese noun, and the noun. */
  const phrase = (groups: readonly string[], role: PieceRole, rich: number): readonly Bit[] => {
    const isOnlyDrawer = groups.length === 1;
    const noun = chooseNoun(groups, isOnlyDrawer ? { ...chooser, unknownNouns: chooser.unknownNouns * 0.2 } : chooser);
    const isDrawer = noun.kind === "drawer";
    const isGround = ["counter", "table", "sink"].includes(noun.kind);
    const bits: Bit[] = [];
    let told = false;
    const quantity = random.next();
    if (!isGround && quantity < 0.1 * rich)
      bits.push(piece(random.pick(["所有", "所有的", "全部", "全部的", "每个", "每一个"]), "all", role));
    else if (!isGround && quantity < 0.16 * rich)
      bits.push(piece(random.pick(["一个", "任意一个", "一只", "随便一个", "某个", "一块"]), "any", role));
    else if (!isGround && quantity < 0.22 * rich)
      bits.push(
        piece(random.pick(["两", "三", "2", "3", "四"]), "number", role),
        plain(random.pick(["个", "只", "块"])),
      );
    else if (quantity < 0.32)
      // It changes the meaning of 东西 only (one thing, or all of them); elsewhere it is as good as a hesitation.
      bits.push(definite(random.pick(["那个", "这个", "那只", "这只", "那", "那块"]), noun.kind === "thing", role));
    const kind = random.next();
    if (!isGround && kind < 0.06 * rich) {
      const index = chance(0.12) ? -1 : 1 + random.below(6);
      const text =
        index === -1
          ? random.pick(["最后一个", "最后一只"])
          : `第${chance(0.2) ? index : DIGITS[index]}${random.pick(["个", "个", "只", "块", ""])}`;
      if (chance(0.55)) {
        const side = random.pick(["left", "right"] as const);
        const word = side === "left" ? "左" : "右";
        const style = random.below(3);
        if (style === 0)
          bits.push(
            plain("从"),
            piece(random.pick([`${word}边`, word]), `from:${side}`, role),
            plain(random.pick(["数", "数起", "开始数"])),
          );
        else if (style === 1) bits.push(piece(word, `from:${side}`, role), plain("起"));
        else bits.push(piece(`${word}边`, `from:${side}`, role), plain("数"));
      }
      bits.push(piece(text, `ordinal:${index}`, role));
    } else if (!isGround && kind < 0.16 * rich) {
      const extreme = random.pick(Object.keys(EXTREME_WORDS) as Extreme[]);
      bits.push(piece(random.pick(split(EXTREME_WORDS[extreme][1])), `extreme:${extreme}`, role), plain("的"));
      told = chance(0.3);
      if (told) bits.push(plain("那个"));
    } else if (!isGround && kind < (isDrawer ? 0.6 : 0.24 * rich)) {
      const [side, words] = random.pick(
        (
          [
            ["left", "左边, 左侧, 左, 左面, 左手边"],
            ["right", "右边, 右侧, 右, 右面, 右手边"],
            ["left", "左边, 左侧, 左"],
            ["right", "右边, 右侧, 右"],
            ["top", "上面, 上边"],
            ["bottom", "下面, 下边"],
            ["middle", "中间, 正中间"],
          ] as const
        ).slice(0, isDrawer ? 7 : 4),
      );
      bits.push(piece(random.pick(split(words)), `side:${side}`, role), ...de());
      if (chance(0.2)) bits.push(plain("那个"));
    }
    if (!isGround && !isDrawer && chance(0.12 * rich)) {
      const large = chance(0.5);
      bits.push(
        piece(
          large ? random.pick(["大", "大", "大号"]) : random.pick(["小", "小", "小号"]),
          large ? "size:large" : "size:small",
          role,
        ),
        ...de(0.4),
      );
    }
    if (isDrawer && chance(0.12)) {
      const state = random.pick(["open", "closed", "ajar"] as const);
      bits.push(piece(random.pick(split(STATE_WORDS[state][1])), `state:${state}`, role), plain("的"));
    }
    const colored = !isGround && !isDrawer && chance(role === "object" ? 0.45 : 0.25);
    if (colored) bits.push(...color(role));
    if (role === "object" && colored && chance(0.07)) {
      const tail = bits.at(-1)?.label === "none" ? [] : [plain("的")];
      return begin([...bits, ...tail, ...(chance(0.5) ? [piece("那个", "one", role)] : [])], "phrase");
    }
    bits.push(piece(noun.text, noun.label, role));
    if (isDrawer && chance(0.05)) bits.push(...de(0.5), piece(random.pick(["把手", "拉手"]), "noun:handle", role));
    return begin(bits, "phrase");
  };

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

  return {
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

export const CHINESE_OPENINGS = split(
  "请, 请你, 帮我, 请帮我, 麻烦你, 能不能, 机器人, 你好, 嗯, 那个, 呃, 好, 劳驾, 可以, 你, 现在, 嗨, 先, 麻烦",
);
export const CHINESE_OPENINGS_HELD_OUT = split("拜托你, 辛苦你, 听着, 好机器人, 有空的话");
/** What people say before they come to the point. */
export const CHINESE_PREAMBLES = split(
  "我有点渴，, 我饿了，, 桌子太乱了，, 天气真好，, 我把水洒了，, 客人要来了，, 我够不着，, 看一下桌上，, 辛苦了，, 我们开始吧，, 下一步，",
);
export const CHINESE_CLOSINGS = split("吧, 好吗, 谢谢, 一下, 可以吗, 了, 啊, 行吗");
export const CHINESE_FILLERS = split("嗯, 那个, 呃, 就是, 这个这个, 额, 啊");
export const CHINESE_LINKS = split("，然后, 然后, ，再, 再, ，接着, 接着, ，最后, ，并且, ，, ，之后, 。然后, 。再");

export const chineseSequel = (slots: Slots, chooser: Chooser): readonly Bit[] =>
  fill(chooser.random.pick(SEQUELS), slots, chooser.random);

export const CHINESE_NONSENSE = templates(`
  你(好吗/是谁/叫什么名字/几岁了)
  今天天气(怎么样/真好)
  现在几点了
  (讲/说)(个/一个)(笑话/故事)
  {w}
  {w}{w}
  (洗/切/煮/炒/吃/喝/修/打破/折)(一下/)(碗/苹果/衣服/水/菜)
  (打开/关掉)(灯/空调/电视/窗户/门/水龙头)
  我(喜欢/讨厌)(苹果/你/红色的杯子)
  (红色的/)(杯子/苹果/袋子)(在哪里/在哪/是什么颜色的)
  抽屉(开着吗/是开的吗/里有什么)
  有(几个/多少个)(杯子/苹果/积木)
  (为什么/是的/不/停/谢谢/再见/早上好)
  (杯子/苹果)(很/是)(红/好看/好吃)
  把(水/茶)倒(了/进杯子里)`);
