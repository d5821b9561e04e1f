import type { Random } from "../../../../src/domain/random.js";

const lines = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const IF = "<如果/如果/如果/要是/假如/假若/若是/倘若/万一/要|if:next>";

const OF_A_DRAWER = lines(`
  {drawer}(是/还/已经/现在/正/)<开着/打开着/打开了/开了/敞着|state:open>(的/)
  {drawer}是<开/打开|state:open>的
  {drawer}(是/还/已经/现在/正/)<关着/关闭着/关上了/关了/合着|state:closed>(的/)
  {drawer}是<关/关闭|state:closed>的
  {drawer}(是/还/只是)<半开着/半开/虚掩着|state:ajar>(的/)
  {drawer}<没/没有/还没|not><开/打开|state:open>
  {drawer}<没/没有/还没|not><关/关上/关好/关紧/合上|state:closed>
  {drawer}<不是|not><开/打开|state:open>的
  {drawer}<不是|not><关/关闭|state:closed>的`);
const OF_A_THING = lines(`
  {located}(有/还有/放着/存在){bare}
  {located}(有/还有/放着/看到){bare}
  (有/还有/存在){bare}
  (看到/看见/发现/你看到/能看到/找到/你能找到){bare}
  {bare}(在/还在/就在/放在){located_late}
  {bare}(在/还在){located_late}`);
const OF_A_LACK = lines(`
  {located}<没有/没/没了|not>{bare}
  <没有/没|not>{bare}
  {bare}<不/没|not>在{located_late}
  <没看到/看不到/找不到/没有看到/没找到|not>{bare}
  {located}<没有|not>(任何/)<东西|noun:thing|object>
  {located}有<东西|noun:thing|object>
  {holder}(是/里是/里/)<空的/空着|empty>
  {holder}<不是/不|not><空的/空|empty>`);
const ON_A_DRAWER = lines(`
  (就/那就/你就/请/请你/)(把/将){it}<打开/拉开|verb:open>
  (就/那就/你就/请/)<打开/拉开|verb:open>({it}/)
  (就/那就/你就/请/请你/)(把/将){it}<关上/关好/合上/关起来|verb:close>
  (就/那就/你就/请/)<关上/关好/合上|verb:close>
  (就/那就/你就/请/)<关上/关好/合上|verb:close>{it}`);
const ON_A_THING = lines(`
  (就/那就/你就/请/请你/)(把/将){it}<拿起来/抓起来/捡起来/拿走|verb:take>
  (就/那就/请/)<拿起/拿/抓住|verb:take>{it}
  (就/那就/你就/请/)(把/将){it}<放/移/摆/拿|verb:put>{goal}
  (就/那就/你就/请/)(把/将){it}<放/移/摆|verb:put>{goal}
  (就/那就/你就/请/)(把/将){it}<给我/递给我/拿给我/拿过来|verb:give>
  (就/那就/请/)<给我/递给我|verb:give>
  (就/那就/你就/请/)(把/将){it}<拿出来/取出来|verb:out>
  (就/那就/请/)<拿出来/取出来|verb:out>
  (就/那就/请/)(把/将){it}(往/向){way}<推|verb:push>`);

/** A condition in front of a command. The command is said of 它 or of nothing, or is left to the caller. */
export function chineseCondition(random: Random): { readonly condition: string; readonly command?: string } {
  const style = random.next();
  const about = style < 0.4 ? OF_A_DRAWER : style < 0.8 ? OF_A_THING : OF_A_LACK;
  const condition = `${IF}${random.pick(about)}${random.pick(["，", "，", "的话，", "的话", "，那么", ""])}`;
  const said = (about === OF_A_DRAWER ? ON_A_DRAWER : ON_A_THING).map((line) => line.replace("({it}/)", "{it}"));
  return about !== OF_A_LACK && random.chance(0.65)
    ? { condition, command: random.pick(said) }
    : { condition: `${condition}${random.pick(["", "就", "那就", "请"])}` };
}

/** ……，如果它开着的话: a condition behind its command. */
export const chineseAfterthought = (random: Random): string =>
  random.pick(
    lines(`
    ，<如果/要是/假如|if:last>{it}(是/还/)<开着|state:open>(的/)(话/)
    ，<如果/要是/假如|if:last>{it}(是/还/)<关着|state:closed>(的/)(话/)
    ，<如果/要是|if:last>{it}<没|not><关/关好|state:closed>(的话/)
    ，<如果/要是|if:last>{drawer}(是/还/)<开着|state:open>(的话/)
    ，<如果/要是|if:last>{drawer}(是/还/)<关着|state:closed>(的话/)
    ，<如果/要是|if:last>{located}有{bare}(的话/)
    ，<如果/要是|if:last>{it}在{located_late}(的话/)
    ，<如果/要是|if:last>{holder}是<空的|empty>(的话/)`),
  );

export const CHINESE_ELSE = "(，/。/)<否则/不然/要不然/不然的话|else>(，/)(就/)";
