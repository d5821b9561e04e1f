import type { Random } from "../../../../src/domain/random.js";
import { pseudoWord } from "../words.js";

/** What a command does: its label, its verbs (base, -ing, past participle), what it acts on and what may follow that. */
interface Command {
  readonly label: string;
  readonly verbs: string;
  readonly object: string;
  readonly tails: readonly string[];
}

const split = (words: string): readonly string[] => words.split(", ");
const PUT_TAILS = ["{goal}", "{goal}", "{source_before} {goal}"];

/** Words of held-out templates (see templates.ts) are not among these. */
const COMMANDS: Readonly<Record<string, Command>> = {
  take: {
    label: "verb:take",
    verbs:
      "take taking taken, grab grabbing grabbed, pick+up picking+up picked+up, lift lifting lifted, lift+up lifting+up lifted+up, get getting gotten, fetch fetching fetched, grasp grasping grasped, retrieve retrieving retrieved, collect collecting collected, seize seizing seized, get+hold+of getting+hold+of gotten+hold+of, gather gathering gathered, grip gripping gripped, take+hold+of taking+hold+of taken+hold+of, raise raising raised, catch catching caught, hold holding held, pinch pinching pinched, select selecting selected, choose choosing chosen, pick picking picked, clasp clasping clasped, gather+up gathering+up gathered+up, hold+up holding+up held+up",
    object: "{object}",
    tails: ["", "", "", "{source}"],
  },
  "take out": {
    label: "verb:out",
    verbs:
      "take+out taking+out taken+out, remove removing removed, get+out getting+out gotten+out, lift+out lifting+out lifted+out, pull+out pulling+out pulled+out, bring+out bringing+out brought+out, extract extracting extracted, dig+out digging+out dug+out, withdraw withdrawing withdrawn, pick+out picking+out picked+out, grab+out grabbing+out grabbed+out, take+away taking+away taken+away, clear+out clearing+out cleared+out, draw+out drawing+out drawn+out",
    object: "{object}",
    tails: ["{source}", "{source}", "{source}", ""],
  },
  give: {
    label: "verb:give",
    verbs:
      "give giving given, hand handing handed, bring bringing brought, pass passing passed, hand+over handing+over handed+over, offer offering offered, bring+over bringing+over brought+over, give+over giving+over given+over, present presenting presented, pass+over passing+over passed+over, send sending sent, carry carrying carried, return returning returned",
    object: "{object}",
    tails: ["<to me/over to me/to me/to my hand/back to me/here to me|me>"],
  },
  put: {
    label: "verb:put",
    verbs:
      "put putting put, place placing placed, move moving moved, set setting set, drop dropping dropped, lay laying laid, carry carrying carried, transfer transferring transferred, bring bringing brought, throw throwing thrown, store storing stored, put+away putting+away put+away, stick sticking stuck, pop popping popped, dump dumping dumped, stash stashing stashed, tuck tucking tucked, position positioning positioned, shift shifting shifted, leave leaving left, hide hiding hidden, keep keeping kept, slip slipping slipped, insert inserting inserted, return returning returned, toss tossing tossed, fit fitting fitted, get getting gotten, plop plopping plopped, stow stowing stowed, set+down setting+down set+down, situate situating situated, lodge lodging lodged, send sending sent, take taking taken, plant planting planted, settle settling settled, bring+over bringing+over brought+over, carry+over carrying+over carried+over, move+over moving+over moved+over, put+back putting+back put+back, rest resting rested, stand standing stood, lower lowering lowered, fling flinging flung, convey conveying conveyed, load loading loaded, stack stacking stacked, balance balancing balanced, displace displacing displaced, reposition repositioning repositioned, rearrange rearranging rearranged, pack packing packed, file filing filed, chuck chucking chucked, swing swinging swung, slide sliding slid",
    object: "{object}",
    tails: PUT_TAILS,
  },
  open: {
    label: "verb:open",
    verbs:
      "open opening opened, open+up opening+up opened+up, pull+open pulling+open pulled+open, slide+open sliding+open slid+open, draw+open drawing+open drawn+open, pull+out pulling+out pulled+out",
    object: "{drawer}",
    tails: [""],
  },
  close: {
    label: "verb:close",
    verbs:
      "close closing closed, shut shutting shut, slide+shut sliding+shut slid+shut, push+shut pushing+shut pushed+shut, close+up closing+up closed+up, push+closed pushing+closed pushed+closed, shut+up shutting+up shut+up, push+in pushing+in pushed+in",
    object: "{drawer}",
    tails: [""],
  },
  push: {
    label: "verb:push",
    verbs:
      "push pushing pushed, slide sliding slid, nudge nudging nudged, shove shoving shoved, bump bumping bumped, press pressing pressed, poke poking poked, drag dragging dragged, tap tapping tapped, thrust thrusting thrust",
    object: "{thing}",
    tails: [
      "(to the/a little to the/a bit/slightly/) {way}",
      "{way} (by/) {distance}",
      "{distance} (to the/) {way}",
      "{towards}",
      "away (to the/) {way}",
    ],
  },
  clear: {
    label: "verb:clear",
    verbs:
      "clear clearing cleared, clear+up clearing+up cleared+up, clear+off clearing+off cleared+off, clean+up cleaning+up cleaned+up, tidy tidying tidied, tidy+up tidying+up tidied+up, empty emptying emptied, empty+out emptying+out emptied+out, unload unloading unloaded, clear+out clearing+out cleared+out, declutter decluttering decluttered, clean+off cleaning+off cleaned+off",
    object: "{place}",
    tails: ["", "", "{goal_in}"],
  },
  sort: {
    label: "verb:sort",
    verbs:
      "sort sorting sorted, sort+out sorting+out sorted+out, group grouping grouped, organize organizing organized, arrange arranging arranged, separate separating separated, divide dividing divided, split splitting split, order ordering ordered, categorize categorizing categorized, distribute distributing distributed",
    object: "{many}",
    tails: [
      "<by color/by colour/by their color/according to color/based on color/by hue/color by color|by-color>",
      "{goal_in} <by color/by colour/according to color/of the same color/of their color|by-color>",
    ],
  },
  release: {
    label: "verb:release",
    verbs:
      "put+down putting+down put+down, set+down setting+down set+down, lay+down laying+down laid+down, let+go+of letting+go+of let+go+of, release releasing released, drop dropping dropped",
    object: "{object}",
    tails: ["", "", "here", "somewhere"],
  },
};

const BASE_FRAMES = `i want you to V; i need you to V; i would like you to V; i'd love for you to V; i'd like you to V; you should V; you need to V; you must V; you have to V; you can V; you may V; you could V; you ought to V; could you V; can you V; will you V; would you V; could you please V; would you be able to V; are you able to V; can i ask you to V; may i ask you to V; i must ask you to V; i'm asking you to V; please go V; go ahead and V; go and V; go V; come and V; try to V; please try to V; see if you can V; be sure to V; make sure to V; make sure you V; remember to V; it is time to V; it's time to V; time to V; now it's your turn to V; the next step is to V; your next task is to V; your mission is to V; the goal is to V; the plan is to V; the idea is to V; the instruction is to V; all you have to do is V; what you need to do is V; what i need is for you to V; what i'd like is for you to V; the first thing to do is V; the thing to do now is to V; help me V; help me to V; please help me V; let's V; let us V; shall we V; why don't you V; we need to V; we have to V; we must V; i think we should V; maybe you could V; perhaps you can V; i hope you can V; i was wondering if you could V; i wonder if you could V; do you think you could V; would it be possible to V; is it possible to V; it would be great if you could V; it'd be nice if you could V; i'd appreciate it if you could V; i would be grateful if you could V; do me a favor and V; do me a favour and V; be nice and V; hurry up and V; quickly V; carefully V; slowly V; gently V; simply V; use your gripper to V; use your hand to V; use the arm to V; with your arm, V; i order you to V; i command you to V; i request that you V; you are supposed to V; you are asked to V; you are to V; your job now: V; task: V; step one: V; step two: V; next step: V; next: V; now please V; and now V; this time V; first V; once more V; again, V; how about you V; what if you V; can we V; could we V; kindly V; be so good as to V; if you would, V; if you don't mind, V; if possible, V; whenever you're ready, V; when you're ready, V; when you can, V; when you get a chance, V; V; V; V; V; V; V`;
const ING_FRAMES = `would you mind V; do you mind V; how about V; what about V; start by V; begin by V; begin with V; start V; try V; i suggest V; consider V; i'd appreciate you V; i need your help V; help me with V; help with V; can you help me with V; you should be V; let's start by V; let's try V; your task: V; your task is V; next up is V; the next step is V; the next thing is V; the task is V; i recommend V; go on with V; continue by V; continue with V; proceed with V; think about V; thanks for V; thank you for V; i'm counting on you V; keep on V`;
const PASSIVE_FRAMES = `O needs to be V; O has to be V; O must be V; O should now be V; O ought to be V; O can be V; O could be V; O gets V; O shall be V; O is supposed to be V; O is meant to be V; O is waiting to be V; O wants to be V; O still has to be V; O still needs to be V; O is ready to be V; i want O V; i want O to be V; i need O V; i need O to be V; i'd like O V; i'd like O to be V; i would like O V; i would like to have O V; i'd like to see O V; i want to see O V; get O V; have O V; please have O V; see to it that O is V; see that O gets V; make sure O gets V; make sure that O is V; ensure that O is V; ensure O is V; could O be V; can O please be V; can we have O V; could we get O V; could you get O V; may O be V; i prefer O V; what i need is O V; all i want is O V; let me see O V; O is to get V; it is important that O is V; i expect O to be V; we need O V; we want O V; it would be nice to have O V; i'd love to have O V; it's time O was V; O hasn't been V yet; isn't it time O got V`;
/** B: the verb's base form, I: the same with "it" behind it. */
const TOPIC_FRAMES = `there's O , please I; there is O . I; you can see O . I; you will find O , I; i can see O , I; i see O there, I; look, there is O ; I; look at O and I; here is O , I; here's O . I; that's O , I; notice O ? I; have you seen O ? I; can you see O ? I; about O : I; as for O , I; regarding O : I; concerning O , please I; O : I; O ? I; O - I; O , just I; O , could you I; O , can you I; O , i want you to I; O , please I; take a look at O , then I; locate O and I; search for O and I; go to O and I; walk over to O and I; move to O and I; reach out to O and I; approach O and I; identify O and I; spot O and I; you know O ? I; remember O ? I; someone left O here, I; i have O here, I; we have O here, I; consider O ; now I; do you know O ? please I; with O , do this: I; O is dirty, so I; O is heavy, I; O is not needed here, I; O is in the wrong spot, I; O is mine, I; O bothers me, I; O is old, please I; O is done, I; because O is broken, I; as O is not mine, I; now that O is clean, I; i don't need O here, I; i do not like O here, I; i forgot O , I; he wants O gone, I; nobody uses O , so I; O might fall, so I; O could get lost, I; careful, O is fragile, I; i am done with O , I; i was looking at O , I; O is next, I; now O , I; then O : I; your target is O , I; my favorite is O , I; we are talking about O , I; the important one is O , I; O is the thing to B; O is the one to B; O is what you should B; O is what has to be P; the thing i want you to B is O; the object to B is O; the item you should B is O; what you have to B is O; what should be P is O; the one to B is O; what needs to be P is O`;

const list = (text: string): readonly string[] => text.split(";").map((line) => line.trim());
const BASES = list(BASE_FRAMES);
const INGS = list(ING_FRAMES);
const PASSIVES = list(PASSIVE_FRAMES);
// "O ; I" has a semicolon of its own.
const TOPICS = TOPIC_FRAMES.replaceAll(" ; I", " , I")
  .split(";")
  .map((line) => line.trim());

const tag = (words: string, label: string): string => `<${words.replaceAll("+", " ")}|${label}>`;

/** "Pick the mug up": what of the verb stands in front of the thing and what behind it. */
const SEPARABLE = /\+(up|out|down|away|back|over|open|shut|closed|off|in)$/u;

function active(form: string, { label, object }: Command, random: Random): string {
  if (!SEPARABLE.test(form) || !random.chance(0.35)) return `${tag(form, label)} ${object}`;
  const particle = SEPARABLE.exec(form)?.[1] ?? "";
  const verb = tag(form.replace(SEPARABLE, ""), label);
  return label === "verb:out" && particle === "out" ? `${verb} ${object} <out|out>` : `${verb} ${object} ${particle}`;
}

/** "it" between a verb and its particle: "pick it up". */
function withIt(form: string, label: string): string {
  const particle = SEPARABLE.exec(form)?.[1];
  if (particle === undefined) return `${tag(form, label)} it`;
  return `<${form.replace(SEPARABLE, "").replaceAll("+", " ")} it ${particle}|${label}>`;
}

/** A verb that nobody taught, in sentences whose other words say what is wanted. */
function unknownVerb(random: Random): string {
  const verb = pseudoWord(random, "en");
  return random.pick([
    `<${verb}|verb:put> {object} <into/onto/in|rel:in|goal> {goal_noun}`,
    `<${verb}|verb:put> {object} {goal}`,
    `<${verb}|verb:out> {object} <out of/from|rel:from|before> {source_noun}`,
    `<${verb}|verb:give> {object} <to me/over to me|me>`,
    `<${verb}|verb:give> <me|me> {object}`,
    `<${verb}|verb:push> {thing} {distance} (to the/) {way}`,
    `{object} should be <${verb}ed|verb:put> {goal}`,
  ]);
}

/** No verb at all: "mug into the sink", "red mug, drawer", "to me: the lemon", "drawer open". */
const TELEGRAMS = list(
  "{bare} {goal}; {bare} {goal_noun}; {bare} , {goal_noun}; {bare} -> {goal_noun}; {bare} to {goal_noun}; {object} - {goal}; {goal} : {object}; {bare} <for me/to me|me>; {drawer} <open|verb:open>; {drawer} <close/closed/shut|verb:close>; {bare} <up|verb:take>; {bare} <out|verb:out> {source}; <bring|verb:give> {bare}; {bare} <push|verb:push> {way}; {bare} {way} {distance} <push|verb:push>",
);
/** Whose places come first, or last words first. */
const INVERTED = list(
  "{goal} BASE {bare}; {goal} is where {object} <goes/belongs/should go/has to go|verb:put>; {goal} is where i want {object}; {goal} you <put/place/set|verb:put> {object}; {source_first} BASEOUT {object}; {located_first} there is {object} , BASEOUT it; {located_first} you will find {object} ; BASEOUT it; {located_first} i see {object} . BASEOUT it; {located_first} lies {object} , BASEOUT it; {bare} is {located} . BASEOUT it; {bare} is {located} and i want it <out|verb:out>; i left {bare} {located} , <bring it to me/hand it to me/give it to me|verb:give>; {object} <goes/belongs/should go/has to go/ends up/will live|verb:put> {goal}; {object} is in the wrong place, it <belongs/goes/should be|verb:put> {goal}; the new place of {object} is {goal}; {object} {goal} <please put|verb:put>",
);

const FAMILIES = [
  ...split("take, take, take out, take out, give, give, put, put, put, put, open, close"),
  ...split("push, push, clear, sort, release"),
];

/** A template for one English command, composed of a verb, a frame around it and an order. */
export function englishFrame(random: Random): { readonly text: string; readonly family: string } {
  const family = random.pick(FAMILIES);
  const command = COMMANDS[family];
  const named = family === "open" || family === "close" ? "drawer" : family;
  const [base, ing, participle] = random.pick(command.verbs.split(", ")).split(" ");
  const tail = random.pick(command.tails);
  const style = random.next();
  if (style < 0.03) return { text: unknownVerb(random), family: "put" };
  if (style < 0.08) return { text: random.pick(TELEGRAMS), family: "telegram" };
  if (style < 0.16) {
    const put = tag(random.pick(COMMANDS["put"].verbs.split(", ")).split(" ")[0], "verb:put");
    const out = tag(random.pick(COMMANDS["take out"].verbs.split(", ")).split(" ")[0], "verb:out");
    return { text: random.pick(INVERTED).replace("BASEOUT", out).replace("BASE", put), family: "put" };
  }
  if (style < 0.28)
    return { text: random.pick(INGS).replace("V", `${active(ing, command, random)} ${tail}`), family: named };
  if (style < 0.45) {
    const frame = random.pick(PASSIVES).replace("V", `${tag(participle, command.label)} ${tail}`);
    return { text: frame.replace("O", command.object), family: named };
  }
  if (style < 0.6) {
    const frame = random
      .pick(TOPICS)
      .replace(/\bI$/u, `${withIt(base, command.label)} ${tail}`)
      .replace(/\bB\b/u, tag(base, command.label))
      .replace(/\bP\b/u, tag(participle, command.label))
      .replace(/\bO\b/u, command.object);
    const gap = /\b[BP]\b/u.test(frame) || tail === "" || frame.includes(tail);
    return { text: gap ? frame : `${frame} ${tail}`, family: named };
  }
  if (family === "give" && random.chance(0.5)) {
    const verb = random.pick([
      "give",
      "hand",
      "bring",
      "pass",
      "fetch",
      "get",
      "grab",
      "send",
      "offer",
      "show",
      "find",
    ]);
    const frame = random.pick(BASES).replace("V", `<${verb}|verb:give> <me|me> {object}`);
    return { text: frame, family: named };
  }
  const objects = (family === "take" || family === "put") && random.chance(0.08) ? "{list}" : command.object;
  return {
    text: random.pick(BASES).replace("V", `${active(base, { ...command, object: objects }, random)} ${tail}`),
    family: named,
  };
}
