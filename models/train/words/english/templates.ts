import { templates } from "../bits.js";

export const ENGLISH = {
  take: templates(`
    <reach for/go for/get a grip on/lay hold of|verb:take> {object}
    {object} , <pick it up/grab it/take it|verb:take>
    do you see {object}? <pick it up/take it/grab it|verb:take>
    there is {object}, <grab/take/pick up|verb:take> it
    (can we/we should/i think you should/time to) <pick up/take/grab|verb:take> {object}
    the next thing to <pick up/take/grab|verb:take> is {object}
    go over to {object} and <pick it up/grab it/take it|verb:take>
    <take/grab/get/pick up/lift/fetch/grasp/hold/retrieve/lift up|verb:take> {object}
    <pick/lift|verb:take> {object} up
    (could i have you/i want you to/go ahead and/you need to) <take/grab/pick up/get|verb:take> {object}
    <take/get/grab/pick up|verb:take> {list}
    <seize/collect/snatch/clutch|verb:take> {object}
    <get your hand on/get hold of/close your fingers around|verb:take> {object}
    i (would like to/want to) see {object} <in your hand/in the gripper/in your gripper|verb:take>
    {object} <has to be picked up/should be picked up/needs picking up|verb:take>
    ! <scoop up/snag|verb:take> {object}
    ! your job is to <pick up/grab|verb:take> {object}
    ! <make sure you are holding/keep hold of|verb:take> {object}
    ! {object} is what i want you to <pick up/grab/hold|verb:take>`),
  "take out": templates(`
    {object} has to <come out|verb:out> {source_out}
    {object} {source} , <take it out/get it out|verb:out>
    <bring out/lift out/pull out/slip out|verb:out> {object} {source}
    i (want/need) {object} <out|verb:out> {source_out}
    look {source_first} and <take out/get out|verb:out> {object}
    <take/get/pull/lift|verb:take> {object} <out|out> {source_out}
    <take/get/pull|verb:take> {object} {source}
    <take out/remove/get out/lift out|verb:out> {object} {source}
    <take out/remove/get out|verb:out> {object}
    {source_first} <take/get/grab/pull|verb:take> {object}
    {source_first} <take|verb:take> {object} <out|out>
    <take/get|verb:take> {list} {source}
    <fish/dig/extract|verb:out> {object} {source}
    ! <haul/bring|verb:take> {object} <out|out> {source_out}
    ! there should be {object} somewhere {source}, please <take|verb:take> it <out|out>
    ! <unpack|verb:out> {object} {source}`),
  give: templates(`
    {object} , <give it to me/hand it over/bring it here/hand it to me|verb:give>
    <send|verb:give> {object} <my way|me>
    where is {object}? <bring it to me/give it to me|verb:give>
    i (want to/would like to) <have/hold|verb:give> {object}
    (may/can/could) i <have/get|verb:give> {object}
    <offer/toss|verb:give> <me|me> {object}
    {object} is what i <need/want|verb:give>
    <give/hand/bring/pass/fetch/get/grab|verb:give> <me|me> {object}
    <give/hand/bring/pass|verb:give> {object} <to me/over to me|me>
    <i want/i need/i would like/i'd like/can i have/could i have/may i have|verb:give> {object}
    <hand over/bring over/bring/hand|verb:give> {object}
    let <me|me> <have|verb:give> {object}
    <i could use/i'm looking for/i am after|verb:give> {object}
    ! <i'll take/i wish i had|verb:give> {object}
    ! <deliver|verb:give> {object} <to me/into my hand|me>
    ! would you <hand/pass|verb:give> {object} <over here to me/to me|me>`),
  put: templates(`
    {object} , <put it/place it/move it/drop it|verb:put> {goal}
    i need {object} <moved/put/placed|verb:put> {goal}
    have {object} <placed/moved/put|verb:put> {goal}
    {object} <needs to go/wants to be/is supposed to be/is to go/can go/had better be|verb:put> {goal}
    <the place for/the right place for/the home of|verb:put> {object} is {goal}
    <hide/keep/rest/slot/slip/insert/return/toss/fit/sit/bring/get|verb:put> {object} {goal}
    there is {object}; <put|verb:put> it {goal}
    do you see {object}? <put it/move it|verb:put> {goal}
    look for {object} and <put it/move it|verb:put> {goal}
    (i think/i guess/maybe) {object} (would be/is) <better/better off|verb:put> {goal}
    can {object} be <put/placed/moved|verb:put> {goal}
    (we should/let us/time to) <put/place/move|verb:put> {object} {goal}
    <put/place/move/set/drop/lay/carry/transfer/bring/throw/store/put away|verb:put> {object} {goal}
    <put/place/move/drop|verb:put> {list} {goal}
    i (want/would like) {object} <to go/to be/moved/put|verb:put> {goal}
    {object} <goes/belongs/should go/has to go/must go/needs to be|verb:put> {goal}
    <put|verb:put> {goal} {bare}
    <stick/pop/dump/stash/tuck/position/shift/leave|verb:put> {object} {goal}
    (your task is to/you have to/the task:) <put/move/place|verb:put> {object} {goal}
    <make sure|verb:put> {object} (is/ends up) {goal}
    <put/move|verb:put> {object} {source_before} {goal}
    ! <deposit/park/relocate|verb:put> {object} {goal}
    ! what i <want|verb:put> is {object} (put/placed) {goal}
    ! {object} should be <moved/put/placed|verb:put> {goal}
    ! find {object} and <put/place|verb:put> it {goal}
    ! see {object}? it <goes/belongs|verb:put> {goal}`),
  "move aside": templates(`
    <move/shift|verb:put> {object} over (to the/) {way}
    <push/shove|verb:push> {thing} away (to the/) {way}
    {thing} , <push it/slide it|verb:push> (to the/) {way} {distance}
    {thing} should be <pushed|verb:push> {distance} (to the/) {way}
    <move/shift/put|verb:put> {object} (to the/) {way}
    <push/slide/nudge/shove|verb:push> {thing} (to the/) {way}
    <push/slide/nudge/shove|verb:push> {thing} {way} (by/) {distance}
    <push/slide|verb:push> {thing} {distance} (to the/) {way}
    <push/slide/nudge/shove|verb:push> {thing} {towards}
    give {thing} a <push/nudge|verb:push> (to the/) {way}
    ! <scoot/budge|verb:push> {thing} (over to the/to the) {way}
    ! a little <push|verb:push> for {thing}, {distance} {way}`),
  drawer: templates(`
    {drawer} , <open it/pull it open|verb:open>
    {drawer} , <close it/shut it/push it shut|verb:close>
    (get/have) {drawer} <open/opened|verb:open>
    (get/have) {drawer} <closed/shut|verb:close>
    (make sure/see to it that) {drawer} is <open|verb:open>
    (make sure/see to it that) {drawer} is <closed/shut|verb:close>
    (keep/leave) {drawer} <closed/shut|verb:close>
    {drawer} (has to/needs to/must) be <opened/pulled open|verb:open>
    {drawer} (has to/needs to/must) be <closed/shut|verb:close>
    <open/open up/pull open/slide open|verb:open> {drawer}
    <close/shut/slide shut/push shut/close up|verb:close> {drawer}
    <pull|verb:open> {drawer} (open/out)
    <push|verb:close> {drawer} (shut/closed/in)
    i want {drawer} <open/opened|verb:open>
    i want {drawer} <closed/shut|verb:close>
    {drawer} should be <open|verb:open>
    {drawer} should be <closed/shut|verb:close>
    ! <yank open|verb:open> {drawer}
    ! leave {drawer} <open|verb:open>
    ! {drawer} is to be <closed/shut|verb:close>
    ! <in case|if:next> {drawer} is <open|state:open>, please{now} <close/shut|verb:close> it`),
  tidy: templates(`
    <take everything off/remove everything from/get everything off/clear everything from|verb:clear> {place}
    make {place} <empty/tidy|verb:clear>
    {place} (has to/needs to/should) be <cleared/emptied/tidied|verb:clear>
    <separate/divide|verb:sort> {many} <by color/by colour|by-color>
    {many} (have to/should) be <sorted/grouped|verb:sort> <by color/by colour|by-color>
    <clear/clear up/clear off/clean up/tidy/tidy up/empty/empty out/unload|verb:clear> {place}
    <clear/empty|verb:clear> {place} {goal_in}
    <sort/sort out/group/organize/arrange|verb:sort> {many} <by color/by colour/by their color|by-color>
    <sort/group|verb:sort> {many} {goal_in} <by color/by colour/of the same color/according to color|by-color>
    <put/move|verb:put> {many} {goal_in} <of the same color/of its own color/of matching color|by-color>
    (would you/) <put|verb:put> {everything} {goal}
    ! <tidy away everything on|verb:clear> {place}
    ! i want {place} <cleared/emptied|verb:clear>
    ! let {many} be <sorted|verb:sort> <by color/by colour|by-color>`),
  small: templates(`
    <let it go now/let go now/open your fingers|verb:release>
    <face/turn around/move your head|verb:look> {look}
    <take a break of/rest for/hold still for/stop for|verb:wait> {seconds}
    <look|verb:look> {look}
    <turn the camera/point the camera/turn your head|verb:look> {look}
    have a <look|verb:look> {look}
    <wait/wait for/pause/pause for/hold on for|verb:wait> {seconds}
    <let go/release/open the gripper/open your hand/let it go|verb:release>
    <put down/set down/let go of/release/lay down|verb:release> {object}
    <put/set|verb:release> {object} down
    <put/set|verb:release> {it} down
    <drop it right here/drop what you are holding/empty your hand|verb:release>
    ! <glance|verb:look> {look}
    ! <do nothing for/stand still for|verb:wait> {seconds}
    ! <loosen your grip/unclench|verb:release>`),
} as const;

/** What may follow a command that named a thing, with a pronoun for it. */
export const ENGLISH_SEQUELS = templates(`
  <put/place/drop/move|verb:put> {object} {into_it}
  <put/place/drop|verb:put> {object} {into_it}
  <take/get|verb:take> {object} <out|out> {from_it}
  <take|verb:take> {object} {from_it}
  <close/shut|verb:close> {it}
  <put/place/drop/set|verb:put> {it} {goal}
  <give/hand/bring|verb:give> {it} <to me|me>
  <close/shut|verb:close> {drawer}
  <put/place/drop|verb:put> {it} {goal}
  <put|verb:release> {it} down`);
