import type { Random } from "../../../../src/domain/random.js";

const lines = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const IF = "<if/if/if/in case/when/provided/as long as/should it be that/in the event that|if:next>";

/** What is asked of a drawer; `{now}` begins the command that hangs on it. */
const OF_A_DRAWER = lines(`
  {drawer} (is/is/is still/is already/is now/happens to be/stands/has been left) <open/opened/wide open|state:open>
  {drawer} (is/is/is still/is already/happens to be) <closed/shut|state:closed>
  {drawer} (is/is only) <half open/ajar/slightly open|state:ajar>
  {drawer} is <not|not> (yet/fully/) <open/opened|state:open>
  {drawer} is <not|not> (properly/fully/) <closed/shut|state:closed>
  {drawer} <isn't|not> <open/opened|state:open>
  {drawer} <isn't|not> <closed/shut|state:closed>`);
/** Whether something is there, or is in its place. */
const OF_A_THING = lines(`
  there is {bare} {located}
  there's {bare} {located}
  there is {bare} {located}
  there is {bare}
  there are {bare} {located}
  you (see/find/can see/spot/notice) {bare}
  you (see/find/can see/spot/notice) {bare} {located}
  {bare} is {located}
  {bare} is still {located}
  {bare} (is there/is visible/is in sight/is around/exists)
  {bare} is lying {located}`);
const OF_A_LACK = lines(`
  there is <no|not> {noun}
  there is <no|not> {noun} {located}
  there <isn't|not> {bare} {located}
  there is <not|not> {bare}
  {bare} is <not|not> {located}
  {bare} <isn't|not> {located}
  you <don't see/can't see/cannot see/do not see/can't find|not> {bare}
  there is <nothing|not> {located}
  {holder} is <empty|empty>
  {holder} is <not|not> <empty|empty>
  {holder} <isn't|not> <empty|empty>
  there is <something/anything|any|object> {located}`);

const ON_A_DRAWER = lines(`
  <open/close/shut/pull open/slide open/push shut|verb:open> {it}
  <close/shut/push shut|verb:close> {it}
  <open/pull open|verb:open> {it}
  please <close|verb:close> {it}`).slice(1);
const ON_A_THING = lines(`
  <take/grab/pick up/get|verb:take> {it}
  <pick|verb:take> {it} up
  <put/move/place|verb:put> {it} {goal}
  <put/move/place|verb:put> {it} {goal}
  <give/hand/bring/pass|verb:give> {it} <to me|me>
  <bring/give|verb:give> <me|me> {it}
  <take/get|verb:take> {it} <out|out>
  <take out/remove|verb:out> {it}
  <push/slide|verb:push> {it} (to the/) {way}`);

/** A condition in front of a command. The command is said of "it", or is left to the caller. */
export function englishCondition(random: Random): { readonly condition: string; readonly command?: string } {
  const style = random.next();
  const about = style < 0.4 ? OF_A_DRAWER : style < 0.8 ? OF_A_THING : OF_A_LACK;
  const condition = `${IF} ${random.pick(about)}${random.pick([" ,", " ,", " , then", " then", ""])}`;
  const said = about === OF_A_DRAWER ? ON_A_DRAWER : ON_A_THING;
  return about !== OF_A_LACK && random.chance(0.65) ? { condition, command: random.pick(said) } : { condition };
}

/** "..., if it is open": a condition behind its command. */
export const englishAfterthought = (random: Random): string =>
  random.pick(
    lines(`
    <if/in case/provided/as long as|if:last> {it} is (still/already/) <open|state:open>
    <if/in case/provided|if:last> {it} is (still/already/) <closed/shut|state:closed>
    <if|if:last> {it} is <not|not> <open|state:open>
    <if|if:last> {it} <isn't|not> <closed|state:closed>
    <if/as long as|if:last> {drawer} is (still/already/) <open|state:open>
    <if/as long as|if:last> {drawer} is <closed/shut|state:closed>
    <if|if:last> there is {bare} {located}
    <if|if:last> {it} is {located}
    <if|if:last> {it} is there
    <if|if:last> you (can see/see/find) {it}
    <if|if:last> {holder} is <empty|empty>`),
  );

export const ENGLISH_ELSE = "(,/./) <otherwise/or else/if not/else|else> (,/)";
