import { describe, expect, it } from "vitest";
import { formatExpression, formatPlace, formatProgram } from "../program/format-program.js";
import { parseInstruction, parsePhrase, parsePlace } from "./parse-instruction.js";

const read = (instruction: string): string => {
  const program = parseInstruction(instruction);
  return program.ok ? formatProgram(program.value) : `${program.code}: ${program.message}`;
};

const ENGLISH: readonly (readonly [instruction: string, program: string])[] = [
  ["put it down", "put it -> on counter"],
  ["put the mug down", "put mug -> on counter"],
  ["put the mug down on the shelf", "put mug -> on shelf"],
  ["take the green bag out of the drawer", "take out green bag [from drawer]"],
  [
    "Could you please take the green bag out of the left drawer, and then put it on top of the shelf?",
    "put green bag [from left drawer] -> on shelf",
  ],
  ["pick up the red mug", "take red mug"],
  ["pick the red mug up", "take red mug"],
  ["grab the apple from the sink", "take out apple [from sink]"],
  ["fetch the sponge", "take sponge"],
  ["take out the blue packet from the right drawer", "take out blue bag [from right drawer]"],
  ["put the apple in the sink", "put apple -> in sink"],
  ["move the red mug next to the sponge", "put red mug -> near sponge"],
  ["put the can to the left of the bowl", "put can -> left-of bowl"],
  ["set the lemon down on the counter", "put lemon -> on counter"],
  ["put the mug on the shelf next to the can", "put mug -> on shelf [near can]"],
  ["put the block between the mug and the can", "put block -> between mug & can"],
  ["put the mug next to the sink in the drawer", "put mug [near sink] -> in drawer"],
  ["put the mug in the sink and the apple in the drawer", "put mug -> in sink; put apple -> in drawer"],
  [
    "open the left drawer and put the lemon in it, then close it",
    "open left drawer; put lemon -> in left drawer; close left drawer",
  ],
  ["open the drawer", "open drawer"],
  ["close the open drawer", "close open drawer"],
  ["shut the left drawer and open the right one", "close left drawer; open right drawer"],
  ["push the can to the left", "push can -> left"],
  ["push the red block forward 10 cm", "push red block -> front 0.1 m"],
  ["push the mug to the sink", "push mug -> near sink"],
  ["push the drawer in", "close drawer"],
  ["give me the banana", "give banana"],
  ["hand me the small apple please", "give small apple"],
  ["bring the mug to me", "give mug"],
  ["clear the table", "put all thing [from table] -> ?"],
  ["clear the counter into the sink", "put all thing [from counter] -> in sink"],
  ["sort the blocks by colour into the bowls", "sort all block -> all bowl"],
  ["sort the blocks by color", "sort all block -> all zone|bowl"],
  ["put each block in the bowl of the same colour", "sort all block -> bowl"],
  ["put all the apples in the bowl", "put all apple -> in bowl"],
  ["put everything in the sink", "put all thing -> in sink"],
  ["put the two apples in the bowl", "put all 2 apple -> in bowl"],
  ["put all the fruit except the banana in the bowl", "put all apple|banana|lemon (except banana) -> in bowl"],
  ["take the mug closest to the sink", "take mug (nearest to sink)"],
  ["take the second block from the left", "take #2-from-left block"],
  ["pick up the leftmost block", "take leftmost block"],
  ["take the biggest apple", "take biggest apple"],
  ["take the mug on the left", "take left mug"],
  ["take the mug and put it in the sink", "put mug -> in sink"],
  ["take the apple and the lemon out of the drawer", "take out apple [from drawer]; take out lemon [from drawer]"],
  ["put the red block on the blue block", "put red block -> on blue block"],
  ["stack the red cube on top of the green one", "put red block -> on green block"],
  ["move the mug to the left", "put mug -> left-of"],
  ["put it in the sink", "put it -> in sink"],
  ["take the apple in the bowl next to the mug", "take apple [in bowl [near mug]]"],
  ["wait 3 seconds", "wait 3"],
  ["look left", "look left"],
  ["let go", "release"],
  ["put the mug", "put mug -> ?"],
  ["pull the left drawer open", "open left drawer"],
  ["get me a can", "give any can"],
  ["I'd like you to place the yellow sponge behind the sink", "put yellow sponge -> behind sink"],
  ["take the bag from the top drawer handle", "take out bag [from top drawer]"],
  ["put the bag which is in the drawer onto the counter", "put bag [in drawer] -> on counter"],
  ["remove the lemon from the bowl", "take out lemon [from bowl]"],
  ["empty the sink onto the counter", "put all thing [from sink] -> on counter"],
  ["take the thing between the mug and the bottle", "take thing [between mug & bottle]"],
  ["put the apple and the banana in the sink", "put apple -> in sink; put banana -> in sink"],
  ["open both drawers", "open all 2 drawer"],
  ["put the red and green apples in the bowl", "put all red|green apple -> in bowl"],
  ["remove the can from the shelf and put it in the right drawer", "put can [from shelf] -> in right drawer"],
  ["please tidy up the table into the left drawer", "put all thing [from table] -> in left drawer"],
  ["sort the cubes by colour into the zones", "sort all block -> all zone"],
  ["move all the blocks onto the shelf", "put all block -> on shelf"],
  ["put the sponge in front of the sink", "put sponge -> front-of sink"],
  ["put the bottle on the right of the sink", "put bottle -> right-of sink"],
  ["take the tallest bottle", "take tallest bottle"],
  ["take the apple nearest the sink", "take apple (nearest to sink)"],
  ["take the farthest can", "take farthest can"],
  ["put the smallest block into the blue bowl", "put smallest block -> in blue bowl"],
  ["bring me the yellow banana", "give yellow banana"],
  ["pass me the lemon from the sink", "give out lemon [from sink]"],
  [
    "open the left drawer, take the green bag out of it and close the drawer",
    "open left drawer; take out green bag [from left drawer]; close left drawer",
  ],
  ["put the can back on the shelf", "put can -> on shelf"],
  ["take any mug", "take any mug"],
  ["put three blocks in the bowl", "put all 3 block -> in bowl"],
  ["push the bottle 5 cm to the right", "push bottle -> right 0.05 m"],
  ["close both drawers", "close all 2 drawer"],
  ["close the drawer on the left", "close left drawer"],
  ["grab the small red mug next to the sponge", "take small red mug [near sponge]"],
  ["take the third block from the right", "take #3-from-right block"],
  ["Pick up the lemon. Put it into the sink. Then open the left drawer.", "put lemon -> in sink; open left drawer"],
  ["put the orange block on the gray square", "put orange block -> on gray zone"],
];

const CHINESE: readonly (readonly [instruction: string, program: string])[] = [
  ["把积木按颜色放到对应的碗里", "sort all block -> bowl"],
  ["从右边数第三个积木拿起来", "take #3-from-right block"],
  ["拿左数第二个杯子", "take #2-from-left mug"],
  ["把抽屉里的绿色包装袋拿出来", "take out green bag [in drawer]"],
  ["请把左边抽屉里的绿色袋子拿出来", "take out green bag [in left drawer]"],
  ["拿起红色杯子", "take red mug"],
  ["从水槽里拿出苹果", "take out apple [from sink]"],
  ["从抽屉里把袋子拿出来", "take out bag [from drawer]"],
  ["把绿色袋子从抽屉里拿出来", "take out green bag [from drawer]"],
  ["把苹果放进水槽", "put apple -> in sink"],
  ["把苹果放到水槽里", "put apple -> in sink"],
  ["把红色的杯子放在海绵旁边", "put red mug -> near sponge"],
  ["把罐头放到碗的左边", "put can -> left-of bowl"],
  ["把柠檬放到桌上", "put lemon -> on table"],
  ["把杯子放在架子上", "put mug -> on shelf"],
  ["把方块放在杯子和罐头之间", "put block -> between mug & can"],
  ["把杯子放进水槽，把苹果放进抽屉", "put mug -> in sink; put apple -> in drawer"],
  ["打开左边的抽屉，把柠檬放进去，然后关上它", "open left drawer; put lemon -> in left drawer; close left drawer"],
  ["打开抽屉", "open drawer"],
  ["关上打开的抽屉", "close open drawer"],
  ["拉开右边的抽屉", "open right drawer"],
  ["把左边的抽屉推上", "close left drawer"],
  ["推上抽屉", "close drawer"],
  ["把罐头往左推", "push can -> left"],
  ["把红色方块向前推10厘米", "push red block -> front 0.1 m"],
  ["把杯子推到水槽旁边", "push mug -> near sink"],
  ["递给我香蕉", "give banana"],
  ["把香蕉递给我", "give banana"],
  ["给我拿一个苹果", "give any apple"],
  ["请帮我拿那个小苹果", "take small apple"],
  ["收拾桌子", "put all thing [from table] -> ?"],
  ["把桌上的东西都放到水槽里", "put all thing [on table] -> in sink"],
  ["把台面收拾到水槽里", "put all thing [from counter] -> in sink"],
  ["按颜色把积木分类", "sort all block -> all zone|bowl"],
  ["把积木按颜色分类放到碗里", "sort all block -> bowl"],
  ["把积木放到相同颜色的区域里", "sort all block -> zone"],
  ["把所有的苹果放进碗里", "put all apple -> in bowl"],
  ["把苹果都放进碗里", "put all apple -> in bowl"],
  ["把两个苹果放进碗里", "put all 2 apple -> in bowl"],
  ["把除了香蕉以外的水果放进碗里", "put all apple|banana|lemon (except banana) -> in bowl"],
  ["拿离水槽最近的杯子", "take mug (nearest to sink)"],
  ["拿最靠近水槽的杯子", "take mug (nearest to sink)"],
  ["拿最靠近红色的碗的黑积木", "take black block (nearest to red bowl)"],
  ["拿左边数第二个积木", "take #2-from-left block"],
  ["拿从左边数第二个积木", "take #2-from-left block"],
  ["拿最左边的积木", "take leftmost block"],
  ["拿最大的苹果", "take biggest apple"],
  ["拿左边的杯子", "take left mug"],
  ["拿起杯子放到水槽里", "put mug -> in sink"],
  ["拿起杯子，然后把它放到水槽里", "put mug -> in sink"],
  ["把抽屉里的苹果和柠檬拿出来", "take out apple [in drawer]; take out lemon [in drawer]"],
  ["把红色积木放在蓝色积木上面", "put red block -> on blue block"],
  ["把它放进水槽", "put it -> in sink"],
  ["拿水槽左边的杯子", "take mug [left-of sink]"],
  ["拿杯子和瓶子之间的苹果", "take apple [between mug & bottle]"],
  ["等3秒", "wait 3"],
  ["向左看", "look left"],
  ["松手", "release"],
  ["放下杯子", "put mug -> on counter"],
  ["把红色杯子左边的苹果拿起来", "take apple [left-of red mug]"],
  ["先打开右边的抽屉，再把里面的袋子拿出来", "open right drawer; take out bag [in right drawer]"],
  ["取出右边抽屉里的小袋子并放到台面上", "put small bag [in right drawer] -> on counter"],
  ["把水槽里的东西拿到桌子上", "put all thing [in sink] -> on table"],
  ["清空水槽", "put all thing [from sink] -> ?"],
  ["将黄色的海绵移到水槽后面", "put yellow sponge -> behind sink"],
  ["把第二个罐头递给我", "give #2-from-left can"],
  ["能不能帮我把蓝色马克杯拿过来？", "give blue mug"],
  ["把红色和绿色的积木放进碗里", "put red|green block -> in bowl"],
  ["把苹果、香蕉和柠檬放进水槽", "put apple -> in sink; put banana -> in sink; put lemon -> in sink"],
  ["抽屉打开", "open drawer"],
  ["绿色的袋子拿出来", "take out green bag"],
  ["把抽屉关上", "close drawer"],
  ["把杯子拿给我", "give mug"],
  ["把所有红色积木放到红色区域", "put all red block -> in red zone"],
  ["把左边的杯子放到右边的抽屉里", "put left mug -> in right drawer"],
  ["把最小的积木放进蓝色的碗", "put smallest block -> in blue bowl"],
  ["拿起离碗最远的苹果", "take apple (farthest to bowl)"],
  ["请打开抽屉并把海绵放进去", "open drawer; put sponge -> in drawer"],
  ["把两个抽屉都打开", "open all 2 drawer"],
  ["关上两个抽屉", "close all 2 drawer"],
  ["把香蕉放在水槽前面", "put banana -> front-of sink"],
  ["把瓶子移到右边", "put bottle -> right-of"],
  ["把罐头从架子上拿下来", "take out can [from shelf]"],
  ["把桌子收拾干净", "put all thing [from table] -> ?"],
  ["把柠檬拿出来放到台面上", "put lemon -> on counter"],
  ["把杯子里的东西拿出来", "take out all thing [in mug]"],
  ["把绿色的袋子拿出来，再放到水槽里，然后关上抽屉", "put green bag -> in sink; close drawer"],
  ["把大苹果递给我", "give large apple"],
  ["把碗旁边的红色积木推到右边", "push red block [near bowl] -> right"],
  ["把右边数第一个罐头拿起来", "take #1-from-right can"],
  ["帮我把台面上的水果都放到碗里", "put all apple|banana|lemon [on counter] -> in bowl"],
];

describe("parseInstruction", () => {
  it.each(ENGLISH)("reads %j", (instruction, program) => {
    expect(read(instruction)).toBe(program);
  });

  it.each(CHINESE)("reads %j", (instruction, program) => {
    expect(read(instruction)).toBe(program);
  });

  it.each([
    ["take the unicorn", "unicorn"],
    ["put the apple in the dishwasher", "dishwasher"],
    ["take the shiny mug", "shiny"],
    ["拿独角兽", "独角兽"],
    ["把苹果放到洗碗机里", "洗碗机"],
  ])("names the word of %j that it does not know", (instruction, word) => {
    const program = parseInstruction(instruction);

    expect(program).toMatchObject({ ok: false, code: "unknown-word", details: { word } });
  });

  it.each([
    "",
    "   ",
    "the green bag",
    "frobnicate the mug",
    "don't take the mug",
    "do not open the drawer",
    "never put the mug in the sink",
    "别拿杯子",
    "不要打开抽屉",
    "绿色袋子",
    "nimm den Becher",
    "prends la tasse",
    "возьми кружку",
    "カップを取って",
    "take the mug 🍎",
    "take",
    "put the apple in",
    "open the mug",
    "take the mug the apple",
    "push the can",
    "put the mug under the shelf",
    "sort the blocks",
    "a".repeat(2001),
    "?!",
  ])("refuses %j with bad-instruction", (instruction) => {
    expect(parseInstruction(instruction)).toMatchObject({ ok: false, code: "bad-instruction" });
  });

  it("says how long an instruction may be", () => {
    const program = parseInstruction("take the mug ".repeat(200));

    expect(program).toMatchObject({ ok: false, details: { limit: 2000 } });
  });

  it("reads every prefix of an instruction without throwing, and says what is wrong with it", () => {
    const messages = [...ENGLISH, ...CHINESE].flatMap(([instruction]) =>
      Array.from({ length: instruction.length }, (_, end) => parseInstruction(instruction.slice(0, end))).flatMap(
        (program) => (program.ok ? [] : [program.message]),
      ),
    );

    expect(messages.filter((message) => message.length < 10)).toEqual([]);
  });
});

describe("parsePhrase", () => {
  it.each([
    ["the red one on the left", "left red thing"],
    ["the left one", "left thing"],
    ["red", "red thing"],
    ["the second red mug from the left", "#2-from-left red mug"],
    ["the mug in the sink", "mug [in sink]"],
    ["the farthest red mug", "farthest red mug"],
    ["左边的", "left thing"],
    ["红色的那个", "red thing"],
    ["水槽里的杯子", "mug [in sink]"],
  ])("reads the answer %j", (text, expected) => {
    const phrase = parsePhrase(text);

    expect(phrase.ok && formatExpression(phrase.value)).toBe(expected);
  });
});

describe("parsePlace", () => {
  it.each([
    ["sink", "in sink"],
    ["in the left drawer", "in left drawer"],
    ["on the counter", "on counter"],
    ["the shelf", "on shelf"],
    ["next to the mug", "near mug"],
    ["水槽里", "in sink"],
    ["放到架子上", "on shelf"],
    ["桌上", "on table"],
  ])("reads the answer %j", (text, expected) => {
    const place = parsePlace(text);

    expect(place.ok && formatPlace(place.value)).toBe(expected);
  });
});
