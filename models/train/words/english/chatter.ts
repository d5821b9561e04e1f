import { templates } from "../bits.js";

const split = (words: string, by = ", "): readonly string[] => words.split(by);

/** Politeness before and behind, and hesitations in between. */
export const ENGLISH_OPENINGS = split(
  "please, could you, can you, would you please, hey robot, robot, ok, okay, now, hi, could you please, kindly, hello, i want you to, i'd like you to, just, go and, um, uh, so, well, would you mind, let's, first of all",
);
export const ENGLISH_OPENINGS_HELD_OUT = split(
  "be so kind and, listen, alright then, be a dear and, dear robot, when you have a moment",
);
/** What people say before they come to the point. */
export const ENGLISH_PREAMBLES = split(
  "i spilled my drink; i am thirsty; the table is a mess; dinner is ready; i can't reach it; we have guests; i am hungry; it is late; my hands are full; let us get started; here is the next step; i need some help here",
  "; ",
);
export const ENGLISH_CLOSINGS = split(
  "please, thanks, thank you, now, carefully, for me, gently, will you, if you can, okay, right away, slowly",
);
/** More of each, for training and for the second set of held-out phrasings. */
export const ENGLISH_CHATTER = {
  openings: split(
    "yo, hey there, good morning, hello robot, excuse me, alright, all right, right, great, perfect, good, thanks, wonderful, my friend, buddy, dear, sir, attention, ready, oh, ah, hm, actually, basically, so now, okay robot, okay then, sorry but, if you please, yes, look, say, again, quick",
  ),
  preambles: split(
    "i made a mess; the kids are coming; i need to cook; my back hurts; it is almost noon; someone left this here; i am in a hurry; i have no time; let me think; here is what i want; listen to this; you did well; that was good; i will have breakfast; the kitchen is dirty; i am busy; we are late; i just came home; pay attention; it smells here; my mother is visiting; one more thing; i have a job for you; i need a favor; thank you for the last one; this is the last one; everything is ready; do the following; the sun is shining",
    "; ",
  ),
  closings: split(
    "would you, could you, can you, my friend, robot, as fast as you can, as soon as possible, quickly, when you can, if possible, if you don't mind, if you please, alright, all right, okay?, you know, i think, that is all, that's it, that would be great, i'd appreciate it, because i need it, since it is in the way, so that i can cook, to make some room, for dinner, for breakfast, with care, and thanks, much appreciated, at once, immediately, for a moment, again, today, with your gripper, with your hand, it's urgent, no rush, don't worry",
  ),
  links: split(
    "and then please, then please, then also, and next, next you, as a next step, in the end, at the end, once that is done, once you're done, when that's done, following that, subsequently, later, lastly, secondly, second, third, plus, as well as, and now, now, and finally, then go and, after this, after which, and last, besides, another thing:, and please, moreover, additionally, in addition",
  ),
} as const;
export const ENGLISH_FILLERS = split("um, uh, er, like, you know, hmm, please, just");
export const ENGLISH_LINKS = split(
  "and, then, and then, after that, next, finally, and after that, and also, also, when you are done, afterwards",
);

/** Sentences that ask for nothing that this robot does. */
export const ENGLISH_NONSENSE = templates(`
  how are you (today/)
  what is the weather like (today/tomorrow/)
  what time is it
  (tell me/do you know) a (joke/story/poem)
  {w} {w} {w}
  {w}
  cut the {w} with the knife
  wash the (dishes/mug/window/car)
  (cook/fry/eat/drink/paint/break/fold/pour/stir/heat) the (apple/mug/water/soup/egg)
  turn (on/off) the (light/tap/oven/radio)
  who are you
  (i like/i love/i hate) (apples/the red mug/you/music)
  the mug is (red/on the table/empty/nice)
  is the drawer (open/closed)
  where is the (red/blue/) (mug/apple/bag/box)
  how many (mugs/apples/blocks) are there
  why (not/is that/did you do that)
  (yes/no/stop/thanks/hello/good morning/bye)
  (ouvre/ferme/prends/mets/pose) (le/la/une) (tiroir/tasse/pomme/sac vert) (dans/sur/) (le/la) (placard/table/evier)
  (nimm/stell/leg/mach/gib mir) (die/den/das) (rote tasse/apfel/schublade/gruene tasche) (in die/auf den/aus der) (schublade/tisch/spuele)
  (abre/cierra/toma/pon/dame) (el/la) (cajon/taza/manzana/bolsa verde) (en/sobre/de) (la mesa/el cajon)
  (ouvre/ferme) (le/la) (tiroir/porte) et (prends/pose/mets) (le/la) (sac/tasse) (vert/rouge)
  (apri/chiudi/prendi/metti/dammi) (il/la) (cassetto/tazza/mela/borsa) (nel/sulla) (lavello/tavolo)
  (abra/pegue/coloque) (o/a) (gaveta/caneca/maca) (na/no) (mesa/pia)
  (qing/ba/na) (hongse/lvse/lanse) (de/) (beizi/pingguo/daizi) (fang/na) (dao/zai) (chouti/shuicao) li
  (open/pak/doe/zet) de (lade/mok/appel/tas) (op/in) (de/het) (tafel/kast)
  asdf {w} qwer {w}
  {undoable} {object}
  {undoable} {object}
  {undoable} {object} {goal}
  (could you/please/can you/i want you to/you should) {undoable} {object}
  (could you/please/can you/i want you to/you should) {undoable} {object} {goal}
  {object} (needs to be/has to be/should be) {undone}
  {object} is (nice/mine/yours/broken/dirty/empty/full/heavy/too big/so pretty)
  (is/was) {object} {goal}
  (where/which/what color) is {object}
  (who took/who left/did you see/have you ever seen) {object}
  (i love/i hate/i like/i bought/i lost/i broke) {object}
  (do you like/do you want/are you) {object}
  i have {object} at home`);

/** What people ask of hands and this robot does not do. */
const UNDOABLE =
  "wash, rinse, clean, scrub, wipe, dry, polish, cut, slice, chop, peel, cook, fry, boil, bake, roast, heat, warm up, cool, freeze, eat, drink, taste, chew, swallow, paint, draw, color, photograph, film, break, smash, crush, crack, tear, rip, bend, fold, unfold, roll, twist, squeeze, shake, stir, mix, whip, pour, fill, spill, sprinkle, water, feed, sell, buy, order, rent, lend, steal, sew, knit, glue, tape, nail, screw, unscrew, drill, weld, saw, hammer, repair, fix, build, assemble, destroy, burn, light, explode, plug in, unplug, charge, turn on, turn off, switch on, switch off, read, write, print, copy, translate, count, measure, weigh, describe, explain, name, remember, forget, wear, iron, hang, tie, untie, lock, unlock, wrap, unwrap, kick, punch, hit, bite, lick, smell, listen to, sing, dance with, marry, call, kiss, hug, pet, wake, teach, paint over, juggle, spin, flip, balance on your head, jump over, climb, ride, drive, sail, fly, dye, draw on, sharpen, melt";
export const ENGLISH_UNDOABLE = split(UNDOABLE);
