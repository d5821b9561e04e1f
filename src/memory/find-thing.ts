import { fail, type Result } from "../domain/result.js";
import type { Scene } from "../domain/scene.js";
import { IDENTITY_POSE } from "../domain/geometry/pose.js";
import { parsePhrase, resolve, type ReferringExpression } from "../planning/index.js";
import type { RememberedPicture, RememberedThing } from "../ports/picture-memory.js";

/** What people wrap around the name of a thing: "where did I last see my mug?", 我的杯子最后在哪里. */
const WRAPPINGS: readonly RegExp[] = [
  /^(?:where\s+(?:did|have|do|was|were|is|are)\b)?\s*(?:i|you|we)?\s*(?:last\s+)?(?:saw|seen?|put|left|leave|find)?\s+(?=\S)/iu,
  /^(?:my|our|your|that|this)\s+/iu,
  /^(?:上次|最后一次|最后)?\s*(?:你|我|我们)?(?:在哪里|在哪儿|在哪)?(?:上次|最后一次|最后)?(?:看到|看见|见到|放)(?:了|过)?/u,
  /^(?:我|我们|你)的/u,
];
const ENDINGS: readonly RegExp[] = [
  /[\s?？.。!！]+$/u,
  /\s+(?:last\s+)?(?:seen|been|now)$/iu,
  /(?:上次|最后一次|最后)?(?:在哪里|在哪儿|在哪|在什么地方|去哪了|去哪儿了)$/u,
];

/** The thing that a phrase or a question names, read as instructions are. `not-understood` for words that the lexicon does not know. */
export function readThing(phrase: string): Result<ReferringExpression, "not-understood"> {
  const text = phrase.normalize("NFKC").trim();
  const bare = WRAPPINGS.reduce(
    (rest, wrapping) => rest.replace(wrapping, ""),
    ENDINGS.reduce((rest, ending) => rest.replace(ending, ""), ` ${text}`.trimStart()),
  ).trim();
  for (const candidate of [text, bare]) {
    const read = candidate === "" ? undefined : parsePhrase(candidate);
    if (read?.ok === true) return read;
  }
  return fail(
    "not-understood",
    `"${phrase}" names nothing that the robot's eyes know. Say it as in an instruction: "the red mug", "绿色的袋子".`,
  );
}

/** The things of a remembered picture that fit, best first. */
export function thingsThatFit(expression: ReferringExpression, picture: RememberedPicture): readonly RememberedThing[] {
  const found = resolve(expression, sceneOf(picture));
  switch (found.status) {
    case "one":
      return [found.detection];
    case "many":
      return found.detections;
    case "none":
      return [];
  }
}

/** Enough of a scene for words to be resolved in. */
const sceneOf = ({ seenAtMs, things }: RememberedPicture): Scene => ({
  view: {
    camera: "memory",
    sequence: 0,
    capturedAtMs: seenAtMs,
    width: 1,
    height: 1,
    intrinsics: { fx: 1, fy: 1, cx: 0, cy: 0 },
    poseInBase: IDENTITY_POSE,
  },
  detections: things,
  robot: {
    timeMs: seenAtMs,
    jointPositions: [],
    toolPoseInBase: IDENTITY_POSE,
    basePoseInOdom: { xM: 0, yM: 0, yawRad: 0 },
    gripper: { widthM: 0, inContact: false, moving: false },
    stopped: false,
  },
  freeSpots: [],
  depthSource: "model",
});
