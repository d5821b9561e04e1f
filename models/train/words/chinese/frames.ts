import type { Random } from "../../../../src/domain/random.js";
import { pseudoWord } from "../words.js";

/**
 * What a command does: verbs that stand behind their object (把杯子拿起来) and in front of it (拿起杯子), and what it acts on.
 * A `+` lets the object stand inside (拿+起来 also is 拿杯子起来).
 */
interface Command {
  readonly label: string;
  readonly late: readonly string[];
  readonly early: readonly string[];
  readonly object: string;
  readonly tails: readonly string[];
}

const split = (words: string): readonly string[] => words.split(", ");
const join = (stems: string, ends: string): readonly string[] =>
  stems.split(",").flatMap((stem) => ends.split(",").map((end) => `${stem}${end}`));

/** Words of held-out templates (see templates.ts) are not among these. */
const COMMANDS: Readonly<Record<string, Command>> = {
  take: {
    label: "verb:take",
    late: [
      ...join("拿,抓,捡,夹,拾,举,提,端,捧,抱,取,捏", "起来,起,起来吧"),
      ...join("抓,拿,夹,握,捏,攥,抱", "住,紧,好,牢"),
      ...split("取走, 拿走, 拿到手里, 拿在手里, 握在手里, 抓在手上, 拿着, 举高, 抬起来, 提高"),
    ],
    early: [
      ...join("拿,抓,捡,夹,拾,举,提,端,捧,取,捏", "起"),
      ...join("抓,拿,夹,握,捏,攥", "住,紧"),
      ...split("拿, 抓, 取, 捡, 夹, 举, 提, 端, 捡个, 选, 挑, 抓取, 拾取, 抬起, 获取, 夹取"),
      ...split("去拿, 去取, 去抓, 去捡, 过去拿, 伸手拿, 伸手抓, 用夹爪抓, 用手拿"),
    ],
    object: "{object}",
    tails: [""],
  },
  "take out": {
    label: "verb:out",
    late: [
      ...join("拿,取,掏,夹,抓,提,拽,抽,搬,端,移", "出来,出,出去"),
      ...join("拿,取,搬,移", "下来,开"),
      "清出来",
      "翻出来",
    ],
    early: [...join("拿,取,掏,夹,抓,提,拽,抽,搬", "出"), "取下", "拿下", "移出", "移走", "翻出"],
    object: "{object}",
    tails: [""],
  },
  give: {
    label: "verb:give",
    late: [
      ...join("递,拿,送,带,交,传,端,取", "给我,来给我"),
      ...join("递,拿,送,带,取", "过来,到我这里,到我面前"),
      ...split("给我, 给我吧, 递到我手里, 递一下给我, 拿到我这边, 送到我手上, 给一下我, 还给我"),
    ],
    early: [...join("递,拿,送,带,交,传", "给我"), "给我", "给我来", "给我递", "给我拿", "给我取", "帮我拿", "给我找"],
    object: "{object}",
    tails: [""],
  },
  put: {
    label: "verb:put",
    late: [
      ...split("放, 摆, 移, 搬, 挪, 丢, 扔, 收, 装, 送, 转移, 弄, 归, 塞, 搁, 安放, 摆放, 放置"),
      ...split("移动, 拿, 送, 带, 运, 搬运, 投, 存, 存放, 储存, 收纳, 推, 叠, 堆, 码, 插, 倒, 端"),
      ...split("拿去放, 拿来放, 捡起来放, 抓起来放, 拿起来放, 夹起来放, 取出来放, 好好放, 轻轻放, 直接放, 先放"),
    ],
    early: ["放", "摆", "搬", "移", "丢", "扔", "放个", "送", "装"],
    object: "{object}",
    tails: ["{goal}"],
  },
  open: {
    label: "verb:open",
    late: [
      "打开",
      "拉开",
      "开开",
      "拉出来",
      "拽开",
      "推开",
      "开一下",
      "打开来",
      "抽出来",
      "开着",
      "抽开",
      "开启",
      "扒开",
    ],
    early: ["打开", "拉开", "开", "开启", "开一下", "拉出", "拽开", "去开", "去打开", "抽开"],
    object: "{drawer}",
    tails: [""],
  },
  close: {
    label: "verb:close",
    late: [
      "关上",
      "合上",
      "关好",
      "推回去",
      "关起来",
      "推进去",
      "关紧",
      "关闭",
      "关掉",
      "关了",
      "合起来",
      "推上",
      "关住",
    ],
    early: ["关上", "关闭", "关", "合上", "推上", "关好", "关一下", "去关", "关紧", "关起"],
    object: "{drawer}",
    tails: [""],
  },
  push: {
    label: "verb:push",
    late: ["推", "推一下", "推一推", "推动", "推过去", "拨", "拨一下", "挤", "碰", "推移", "轻推", "拨动", "赶"],
    early: ["推", "推动", "拨", "轻推", "推一下", "拨动"],
    object: "{thing}",
    tails: ["{way}"],
  },
  clear: {
    label: "verb:clear",
    late: [
      "收拾",
      "清理",
      "整理",
      "清空",
      "腾空",
      "收拾一下",
      "清理一下",
      "整理干净",
      "收拾好",
      "收拾整齐",
      "清理好",
      "腾出来",
    ],
    early: ["收拾", "清理", "整理", "清空", "腾空", "收拾一下", "清理一下", "整理一下", "打扫", "收拾好"],
    object: "{place}",
    tails: [""],
  },
  release: {
    label: "verb:release",
    late: ["放下", "放下来", "放一下", "松开", "搁下", "放开"],
    early: ["放下", "放开", "松开", "搁下"],
    object: "{object}",
    tails: [""],
  },
};

const list = (text: string): readonly string[] => text.split(" ");
/** B: 把杯子拿起来 or 拿起杯子. */
const FRAMES = list(
  "请B 请你B 请帮我B 帮我B 帮忙B 麻烦B 麻烦你B 麻烦帮我B 劳驾B 能不能B 能不能帮我B 可不可以B 可以帮我B吗 能帮我B吗 能B吗 你能B吗 你可以B吗 会不会B 我想让你B 我想请你B 我希望你B 我要你B 我需要你B 我叫你B 你得B 你要B 你应该B 你该B 你必须B 你去B 你来B 你先B 该你B了 轮到你B了 接下来B 下一步B 下一步是B 下面B 现在B 现在请B 马上B 立刻B 赶紧B 快B 快点B 赶快B 慢慢B 小心B 小心地B 轻轻地B 试着B 试试B 试一下B 尝试B 记得B 别忘了B 务必B 一定要B 最好B 不如B 要不B 要不你B 咱们B 我们B 我们来B 让我们B 任务是B 任务：B 你的任务是B 目标是B 指令：B 第一步B 第一步，B 第二步，B 首先B 先B 再B 然后B 最后B 顺便B 顺手B 继续B 开始B 准备B 去B 来B 过去B 过来B 用夹爪B 用机械臂B 用手B 伸手B 伸出手B 动手B 麻烦您B 请您B 您能B吗 拜托B 求你B 求求你B 辛苦一下，B 机器人，B 机器人你B 小机器人，B 喂，B 那就B 那么B 就B 还是B 直接B 需要B 现在需要B 是时候B了 该B了 可以B了 你可以B了 好的，B 好了，B 来，B 走过去B 我命令你B 执行：B B B B B B B B B B B B",
);
/** O: the thing; L: the verb that may stand behind it. */
const TOPICS = list(
  "OL O，L O，请L O，帮我L O，麻烦L O你L O你去L O帮我L O请L O也L O就L O呢，L O呢，帮我L O需要L O要L O得L O该L了 O应该L O必须L O最好L O可以L了 O要被L O需要被L O应当被L O被L 让O被L 看到O了吗，L 看见O没有，L 你看到O了吧，L 有O，L 这里有O，L 那边有O，L 桌上有O，L 前面有O，L 我看到O，L 找一下O，L 找到O然后L 找出O，L 去找O，L 走到O那里，L 注意O，L 关于O，L 至于O，L 对O，L O在那里，L O就在那边，L O脏了，L O太重了，L O没用了，L O放错地方了，L O用完了，L O是我的，L O挡着我，L 因为O挡路，L 因为O坏了，L 我不要O了，L 我用完O了，L 我不想看到O，L 我忘了O，L O会掉，L O容易丢，L 小心O，L 目标是O，L 重要的是O，L 轮到O了，L 下一个是O，L 接下来是O，L 说的是O，L 我说的是O，L O弄好了，L O没人用，L O不好看，L O，我想让你L O，你能L吗 O，可以L吗 你把OL 请把OL 请将OL 帮我把OL 麻烦把OL 把OL吧 把OL好吗 把OL一下 去把OL 快把OL 我要你把OL 我想让你把OL 能把OL吗 能不能把OL 可以把OL吗 记得把OL 先把OL 再把OL 将OL 给我把OL 你给我把OL 要把OL了 得把OL 应该把OL 最好把OL 需要把OL 试着把OL 用手把OL 用夹爪把OL 轻轻把OL 小心地把OL 慢慢把OL 我希望把OL 我希望O被L 我希望OL 我想把OL 我要把OL 我需要把OL 不如把OL 咱们把OL 现在把OL 马上把OL 赶紧把OL 机器人把OL 你去把OL 你来把OL 帮忙把OL 顺便把OL 顺手把OL",
);

/** No verb: 杯子，水槽里. Or places first. */
const TELEGRAMS = list(
  "{bare}，{goal} {bare}{goal} {bare}到{goal_noun} {goal_noun}，{bare} {drawer}，<开|verb:open> {drawer}，<关|verb:close> {drawer}<开|verb:open> {drawer}<关|verb:close> {bare}，<拿|verb:take> {bare}<给我|verb:give> {located}有{bare}，<拿出来/取出来|verb:out> {located}的{bare}，<拿出来/取出来|verb:out> {located}有{bare}，<拿起来/抓起来|verb:take> {located}有{bare}，(把它/)<放/移/拿|verb:put>{goal} {located}放着{bare}，<给我/递给我/拿给我|verb:give> {located}那个{bare}，<放/移|verb:put>{goal} 往{goal_bare}<放/摆/丢|verb:put>{object} 在{goal_bare}<放/摆|verb:put>{object} {goal_bare}是放{object}的地方 {object}的位置在{goal_bare} {object}<属于/该在/归|verb:put>{goal_bare} {goal_bare}<要放/放|verb:put>{object}",
);

const PUSHES = list(
  "把{thing}(往/向/朝){way}L 把{thing}(往/向/朝){way}L{distance} 把{thing}L{distance}(到/往){way} {thing}(往/向/朝){way}L {thing}(往/向){way}L{distance} (往/向/朝){way}L{thing} (往/向/朝){way}E{thing}{distance} E{thing}(往/向){way} E{thing}{distance} 将{thing}(往/向){way}L(一点/一些/一下/) 把{thing}L到{towards} 把{thing}L向{towards} 让{thing}(往/向){way}(动/走){distance}<一点|none>",
).slice(0, -1);
const SORTS = list(
  "(把/将){many}<按颜色/按照颜色/根据颜色/依据颜色|by-color>E E{many}，<按颜色/根据颜色|by-color> {many}<按颜色/按照颜色|by-color>E (把/将){many}E，<按颜色/根据颜色|by-color> <按颜色/按照颜色/根据颜色|by-color>E{many} <按颜色/按照颜色|by-color>(把/将){many}E (请/帮我/)(把/将){many}<按颜色/根据颜色|by-color>E",
);
const SORTING = "<分类/分好/归类/分开/分一下/分组/分拣/整理好/分成堆/区分开|verb:sort>";

const OUT_FRAMES = list(
  "{source_first_from}(把/将){object}L (把/将){object}{source_from}L {source_first_from}E{object} (把/将){source_first}{object}L {source_first}{object}L E{source_first}{object} {source_first_from}，(把/将){object}L {object}{source_from}L 你{source_first_from}E{object} {source_first_from}帮我E{object} {source_first_from}帮我把{object}L",
);

/** A verb that nobody taught, in sentences whose other words say what is wanted. */
function unknownVerb(random: Random): string {
  const verb = pseudoWord(random, "zh").slice(0, 1);
  return random.pick([
    `(把/将){object}<${verb}|verb:put>{goal}`,
    `(把/将){object}<${verb}动|verb:put>{goal}`,
    `{source_first_from}(把/将){object}<${verb}出来|verb:out>`,
    `(把/将){object}{source_from}<${verb}出来|verb:out>`,
    `{source_first_from}<${verb}出|verb:out>{object}`,
    `(把/将){object}<${verb}给我|verb:give>`,
    `(把/将){object}<${verb}过来|verb:give>`,
    `(把/将){object}<${verb}起来/${verb}住|verb:take>`,
    `<${verb}起/${verb}住|verb:take>{object}`,
    `(把/将){thing}(往/向/朝){way}<${verb}|verb:push>{distance}`,
  ]);
}

const FAMILIES = [
  ...split("take, take, take out, take out, give, give, put, put, put, put, open, close"),
  ...split("push, push, clear, sort, release"),
];

/** A template for one Chinese command, composed of a verb, a frame around it and an order. */
export function chineseFrame(random: Random): { readonly text: string; readonly family: string } {
  const family = random.pick(FAMILIES);
  const named = family === "open" || family === "close" ? "drawer" : family;
  const style = random.next();
  if (style < 0.04) return { text: unknownVerb(random), family: "put" };
  if (style < 0.12) return { text: random.pick(TELEGRAMS), family: "telegram" };
  const wrapped = (core: string): string => random.pick(FRAMES).replace("B", core);
  if (family === "sort") return { text: wrapped(random.pick(SORTS).replace("E", SORTING)), family: named };
  const { late, early, label, object, tails } = COMMANDS[family];
  const lateVerb = `<${random.pick(late)}|${label}>`;
  const earlyVerb = `<${random.pick(early)}|${label}>`;
  const spoken = (core: string): string => core.replace("L", lateVerb).replace("E", earlyVerb);
  if (family === "push") return { text: wrapped(spoken(random.pick(PUSHES))), family: named };
  if (family === "take out" && random.chance(0.7))
    return { text: wrapped(spoken(random.pick(OUT_FRAMES))), family: named };
  const [tail] = tails;
  if (style < 0.5) {
    const acted = family === "put" && random.chance(0.1) ? "{list}" : object;
    return { text: random.pick(TOPICS).replace("L", `${lateVerb}${tail}`).replace("O", acted), family: named };
  }
  const core = random.chance(0.5) ? `(把/将)${object}${lateVerb}${tail}` : `${earlyVerb}${object}${tail}`;
  return { text: wrapped(core), family: named };
}
