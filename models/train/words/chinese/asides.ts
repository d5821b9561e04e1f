import type { Random } from "../../../../src/domain/random.js";
import { pseudoWord } from "../words.js";

const split = (words: string): readonly string[] => words.split(", ");

const WHO = split(
  "我, 我们, 你, 他, 她, 他们, 爸爸, 奶奶, 老婆, 老公, 孩子, 客人, 老板, 大家, 别人, 弟弟, 姐姐, 猫, 狗, 邻居, 医生, 厨师, 这里, 厨房, 房间, 外面, 地上, 窗户, 汤, 咖啡, 音乐, 电话, 晚饭, 午饭, 天气, 时间, 事情, 活儿",
);
const DOES = split(
  "累了, 很累, 在等, 在等着, 不在, 走了, 回来了, 快来了, 要休息, 想吃饭, 想做饭, 喜欢干净, 讨厌这样, 忘了, 又忘了, 要帮忙, 说过了, 说的, 弄脏了, 洒了点东西, 昨天打扫过, 忙了一天, 没空, 没时间, 有点冷, 有点热, 好了, 凉了, 很好, 脏了, 湿了, 是新的, 响了, 很吵, 快结束了, 快开始了, 八点开始, 要做好, 有点怪, 有味道, 让人难过, 让人高兴, 挺好, 出错了, 应该行, 会更好, 知道, 等不及了, 无所谓, 看你的了, 不多了, 很重要, 很急, 不着急, 真不错, 太糟了",
);
const LEAD = split("因为, 既然, 听说, 你看, 我觉得, 好像, 知道吗, 说实话, 反正, 虽然, 毕竟, 其实");
const JOIN = split("所以, 那么, 因此, 那就, 这样吧, 总之, 来吧, 所以请, 先");

/** Something that a person says besides the command: a reason, a complaint, words that nobody taught. Asks for nothing. */
export function chineseAside(random: Random): string {
  const style = random.next();
  const sentence = (): string => `${random.pick(WHO)}${random.pick(DOES)}`;
  if (style < 0.2) return Array.from({ length: 1 + random.below(3) }, () => pseudoWord(random, "zh")).join("");
  if (style < 0.4) return `${random.pick(LEAD)}${sentence()}`;
  if (style < 0.55) return `${sentence()}，${sentence()}`;
  if (style < 0.65) return `${sentence()}${pseudoWord(random, "zh")}`;
  return sentence();
}

/** How the command follows it. */
export const chineseAfterAside = (random: Random): string =>
  random.chance(0.75) ? random.pick(["，", "，", "，", "。", "！", "；"]) : `，${random.pick(JOIN)}`;
