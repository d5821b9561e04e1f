import { templates } from "../bits.js";

/** A second set of phrasings that are never trained on: usual words in frames, orders and detours that no training sentence has. */
export const ENGLISH_HELD_OUT = {
  take: templates(`
    ! mind <picking up/grabbing|verb:take> {object} real quick
    ! you see where {object} is, so <grab/take|verb:take> it
    ! {object} looks lonely, <pick it up/take it|verb:take>
    ! my request is simple: <take/grab/lift|verb:take> {object}
    ! nothing else matters, only <grab/pick up|verb:take> {object}
    ! extend your arm and <grasp/take|verb:take> {object}
    ! get ready to <lift/grab|verb:take> {object}
    ! the very next move is <lifting/grabbing|verb:take> {object}`),
  "take out": templates(`
    ! someone put {object} where it should not be, <get it out|verb:out> {source}
    ! reach {source_first} and <take out/pull out|verb:out> {object}
    ! {object} is stuck, <pull|verb:take> it <out|out> {source}
    ! rescue mission: <take out/remove|verb:out> {object} {source}
    ! it would help me a lot to <remove/take out|verb:out> {object} {source}`),
  give: templates(`
    ! mom wants {object}, <bring it here/hand it over|verb:give>
    ! any chance of <handing/passing|verb:give> <me|me> {object}
    ! i'm dying to <have|verb:give> {object}
    ! i'd be happy to <have/get|verb:give> {object}
    ! my hand is open, <pass/give|verb:give> <me|me> {object}
    ! let me get {object} from you, <hand it over|verb:give>`),
  put: templates(`
    ! {object} would look nice {goal}, so <put/move|verb:put> it there
    ! since {object} is in my way, <move/put|verb:put> it {goal}
    ! {goal} , that's where you <put/place|verb:put> {object}
    ! choose {object} and <put/set|verb:put> it {goal}
    ! from now on {object} <lives/stays|verb:put> {goal}
    ! i've decided that {object} <goes/belongs|verb:put> {goal}
    ! the best spot for {object} is {goal}, <put|verb:put> it there
    ! mind <putting/placing|verb:put> {object} {goal} for a second
    ! nobody should see {object}, so <hide/put|verb:put> it {goal}
    ! have a go at <putting/moving|verb:put> {object} {goal}`),
  "move aside": templates(`
    ! {thing} is too close, <push|verb:push> it {distance} {way}
    ! could {thing} go {distance} {way}? just <push|verb:push> it
    ! make room by <pushing/sliding|verb:push> {thing} (to the/) {way}`),
  drawer: templates(`
    ! i'd be glad to find {drawer} <open|verb:open>
    ! it is cold, so <shut/close|verb:close> {drawer}
    ! {drawer} shouldn't stay open, <close|verb:close> it
    ! give {drawer} a pull to <open|verb:open> it
    ! my hands are wet, so you <open/pull open|verb:open> {drawer}
    ! nobody <closed/shut|verb:close> {drawer}, so do it`),
  tidy: templates(`
    ! {place} is such a mess, <clean it up/tidy it up|verb:clear>
    ! i can't stand how {place} looks, <tidy it up|verb:clear>
    ! {many} are all mixed up, <sort them/group them|verb:sort> <by color|by-color>`),
  small: templates(`
    ! you can stop holding it, <let go|verb:release>
    ! take your time and <wait|verb:wait> {seconds}
    ! there is something to see, <look|verb:look> {look}`),
} as const;
