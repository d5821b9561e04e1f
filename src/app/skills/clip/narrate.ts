import type { Action } from "../../../domain/action.js";
import type { HandeyeEvent } from "../../../domain/event.js";
import { resample } from "../../../domain/speech/resample.js";
import { durationOf, type Sound } from "../../../domain/speech/sound.js";
import type { Speaker } from "../../../ports/speaker.js";

export interface Line {
  /** Where in the film it belongs. */
  readonly atS: number;
  readonly text: string;
  /** Said even when it comes late. */
  readonly isEnd?: true;
}

export interface SpokenLine extends Line {
  readonly sound: Sound;
}

type Language = "en" | "zh";

/** Rate of the sound track. */
const TRACK_HZ = 16_000;
/** Silence between two lines. */
const GAP_S = 0.15;
/** A line this late would speak of what is long over. */
const LATE_S = 5;

/** What a narrator says to an event of a rehearsal; undefined for most. Nothing in it claims that the real thing was done. */
export function narrationOf(event: HandeyeEvent, language: Language): string | undefined {
  const isChinese = language === "zh";
  switch (event.event) {
    case "mission-start": {
      const wish = inLanguage(event.instruction, language);
      return isChinese ? `这是仿真排练。${wish}` : `Rehearsal, in simulation only. ${wish}`;
    }
    case "action-start":
      return actionInWords(event.action, language);
    case "receipt":
      if (event.receipt.grade !== "failed" && event.receipt.grade !== "refused") return undefined;
      return isChinese ? "这一步没有成功。" : "That step did not work.";
    case "ask":
      return isChinese ? "这里它会提问。" : "Here it would ask a question.";
    case "mission-end":
      return endInWords(event, language);
    case "state":
    case "scene":
    case "plan":
    case "plan-verdict":
    case "command":
    case "say":
    case "answer":
    case "note":
      return undefined;
  }
}

/** A person's words where the voice can say them. */
const inLanguage = (text: string, language: Language): string =>
  /\p{Script=Han}/u.test(text) === (language === "zh") ? text : "";

function endInWords(end: Extract<HandeyeEvent, { event: "mission-end" }>, language: Language): string {
  const isChinese = language === "zh";
  switch (end.outcome) {
    case "done":
      if (end.grade === "verified")
        return isChinese
          ? "排练完成，在仿真中已验证。真实的机器人没有动。"
          : "The rehearsal ended well, verified in simulation. The real robot did not move.";
      return isChinese ? "排练结束，未能验证。" : "The rehearsal ended without being verified.";
    case "given-up":
      return isChinese ? "排练中机器人放弃了。" : "In the rehearsal the robot gave up.";
    case "failed":
      return isChinese ? "排练失败了。" : "The rehearsal failed.";
    case "stopped":
      return isChinese ? "排练被停止了。" : "The rehearsal was stopped.";
  }
}

function actionInWords(action: Action, language: Language): string | undefined {
  const say = (english: string, chinese: string, label = ""): string => {
    const named = inLanguage(label, language);
    return language === "zh" ? `${chinese}${named}。` : `${english} ${named === "" ? "it" : `the ${named}`}.`;
  };
  switch (action.action) {
    case "approach":
      return say("It moves to", "它靠近", action.target.label);
    case "grasp":
      return say("It grasps", "它抓取", action.target.label);
    case "move":
      return say("It moves", "它移动", action.from.label);
    case "place":
      return say("It puts the thing down at", "它放到", action.to.label);
    case "release":
      return language === "zh" ? "它松开手。" : "It lets go.";
    case "open":
      return say("It opens", "它打开", action.target.label);
    case "close":
      return say("It closes", "它关上", action.target.label);
    case "push":
      return say("It pushes", "它推动", action.from.label);
    case "look":
    case "wait":
    case "say":
    case "ask":
    case "done":
    case "give-up":
      return undefined;
  }
}

/** The lines as sound, each at its time or behind the one before; one that would come too late is left out. */
export async function speakLines(
  lines: readonly Line[],
  speaker: Speaker,
  { language, signal }: { readonly language: Language; readonly signal: AbortSignal },
): Promise<readonly SpokenLine[]> {
  const spoken: SpokenLine[] = [];
  const known = new Map<string, Sound>();
  let freeAtS = 0;
  for (const line of lines) {
    if (freeAtS - line.atS > LATE_S && line.isEnd === undefined) continue;
    let sound = known.get(line.text);
    if (sound === undefined) {
      const said = await speaker.speak(line.text, { signal, language });
      if (!said.ok) continue;
      sound = resample(said.value, TRACK_HZ);
      known.set(line.text, sound);
    }
    const atS = Math.max(line.atS, freeAtS);
    spoken.push({ ...line, atS, sound });
    freeAtS = atS + durationOf(sound) + GAP_S;
  }
  return spoken;
}

/** Where the last word ends, seconds. */
export const endOf = (spoken: readonly SpokenLine[]): number =>
  spoken.reduce((latest, { atS, sound }) => Math.max(latest, atS + durationOf(sound)), 0);

/** One sound as long as the film. */
export function soundTrack(spoken: readonly SpokenLine[], durationS: number): Sound {
  const samples = new Float32Array(Math.max(1, Math.round(durationS * TRACK_HZ)));
  for (const { atS, sound } of spoken) {
    const from = Math.round(atS * TRACK_HZ);
    samples.set(sound.samples.subarray(0, Math.max(0, samples.length - from)), Math.min(from, samples.length));
  }
  return { samples, sampleRateHz: TRACK_HZ };
}
