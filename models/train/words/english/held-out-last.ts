import { templates } from "../bits.js";

/**
 * A third set, written when everything else was done and read by nobody before the final figures: neither the training sentences
 * nor the rules behind the reader were changed after a look at what it gets wrong.
 */
export const ENGLISH_HELD_OUT_LAST = {
  take: templates(`
    ! we're missing {object} in your hand, <grab/take|verb:take> it
    ! bend down and <pick up/take|verb:take> {object}
    ! could be good if you <took/held|verb:take> {object}
    ! point at {object}, now <take/grab|verb:take> it
    ! {object} is all you have to <take/grab|verb:take>`),
  "take out": templates(`
    ! who put {object} there? <take it out/get it out|verb:out> {source}
    ! free {object} by <pulling/lifting|verb:take> it <out|out> {source}
    ! dive in and <get out/take out|verb:out> {object} {source}`),
  give: templates(`
    ! {object} would help me, so <hand it over/give it to me|verb:give>
    ! be a good robot and <give/bring|verb:give> <me|me> {object}
    ! i can't find {object}, <bring it to me/give it to me|verb:give>
    ! the thing i'm missing is {object}, please <hand|verb:give> it <to me|me>`),
  put: templates(`
    ! grandma keeps {object} {goal}, so <put/place|verb:put> it there
    ! let's tidy: {object} <goes/belongs|verb:put> {goal}
    ! finish by <putting/placing|verb:put> {object} {goal}
    ! if i were you i would <put/move|verb:put> {object} {goal}
    ! don't worry about the rest, <put/set|verb:put> {object} {goal}
    ! <put/place|verb:put> {object} somewhere {goal}
    ! i bet you can <put/move|verb:put> {object} {goal}
    ! swap places: {object} <goes|verb:put> {goal}`),
  "move aside": templates(`
    ! a tiny bit more {way}, please <push/slide|verb:push> {thing} {distance}
    ! {thing} blocks the view, <push/slide|verb:push> it (to the/) {way}`),
  drawer: templates(`
    ! i hear {drawer} squeaking, <close/shut|verb:close> it
    ! show me what is inside by <opening|verb:open> {drawer}
    ! {drawer} was left open, <shut/close|verb:close> it
    ! i'd open it myself, but you <open|verb:open> {drawer}`),
  tidy: templates(`
    ! nothing should stay there, so <clear/empty|verb:clear> {place}
    ! bring order to {many} by <sorting|verb:sort> them <by color|by-color>`),
  small: templates(`
    ! relax and <let go|verb:release>
    ! give it a moment and <wait|verb:wait> {seconds}
    ! what's there? <look|verb:look> {look}`),
} as const;
