import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Failure } from "../../domain/result.js";
import type { Speaker, SpeechFailure } from "../../ports/speaker.js";
import { baseLanguage } from "./by-language.js";

export interface SpeakInTurnOptions {
  /** Any clock that goes on, milliseconds. */
  readonly nowMs: () => number;
  /** Called when another speaker than last time serves a language, or none does; not for every sentence. */
  readonly onNote?: (level: "info" | "warning", text: string) => void;
  /** How long one that failed is asked last, so that a dead server does not delay every sentence. */
  readonly restMs?: number;
}

interface Turn {
  readonly label: string;
  readonly speaker: Speaker;
}

/** These say something about the words, not about the state of the speaker. */
const ABOUT_THE_WORDS: ReadonlySet<SpeechFailure> = new Set(["unsupported-language", "unknown-voice"]);

/**
 * Speakers in the order in which they are asked: the first that can speak the language, and does, serves, and the answer says which it
 * was. `voice` is a name of the first one's; the others speak in their own. Fails when nobody could, with everybody's reason.
 */
export function speakInTurn(speakers: readonly [Speaker, ...Speaker[]], options: SpeakInTurnOptions): Speaker {
  const { nowMs, onNote, restMs = 60_000 } = options;
  const turns = labelled(speakers);
  const restsUntilMs = new Map<Turn, number>();
  /** Who served a language last; undefined for nobody. */
  const served = new Map<string, Turn | undefined>();
  const servedLast = (language: string): Turn | undefined => (served.has(language) ? served.get(language) : turns[0]);
  const isResting = (turn: Turn): boolean => (restsUntilMs.get(turn) ?? -Infinity) > nowMs();

  return {
    name: turns.map(({ label }) => label).join(", "),
    leavesMachine: speakers.some((speaker) => speaker.leavesMachine),
    async speak(text, { signal, language = "en", voice, speed }) {
      const spoken = baseLanguage(language);
      const failures: (Failure<SpeechFailure> & { readonly label: string })[] = [];
      for (const turn of [...turns.filter((each) => !isResting(each)), ...turns.filter(isResting)]) {
        const { label, speaker } = turn;
        const own = voice !== undefined && turn === turns[0] ? { voice } : {};
        const tempo = speed === undefined ? {} : { speed };
        const result = await attempt(speaker, text, { signal, language, ...own, ...tempo });
        if (result.ok) {
          restsUntilMs.delete(turn);
          if (servedLast(spoken) !== turn) {
            const why = failures.map((failure) => ` ${failure.label}: ${failure.message}`).join("");
            onNote?.("info", `${label} speaks "${spoken}" from now on.${why}`);
          }
          served.set(spoken, turn);
          return ok({ ...result.value, servedBy: label });
        }
        if (!ABOUT_THE_WORDS.has(result.code)) restsUntilMs.set(turn, nowMs() + restMs);
        failures.push({ ...result, label });
      }
      const why = failures.map(({ label, message }) => `${label}: ${message}`).join(" ");
      if (servedLast(spoken) !== undefined) onNote?.("warning", `Nobody speaks "${spoken}"; it stays unsaid. ${why}`);
      served.set(spoken, undefined);
      const worst = failures.find(({ code }) => !ABOUT_THE_WORDS.has(code)) ?? failures[0];
      return fail(worst.code, why);
    },
    async close() {
      await Promise.all(speakers.map((speaker) => speaker.close()));
    },
  };
}

/** A speaker that dies, such as one in a worker, must not silence those after it. */
async function attempt(
  speaker: Speaker,
  ...[text, options]: Parameters<Speaker["speak"]>
): ReturnType<Speaker["speak"]> {
  try {
    return await speaker.speak(text, options);
  } catch (error) {
    if (options.signal.aborted || !(error instanceof ControllerError) || error.code === "aborted") throw error;
    return fail("model-failed", error.message);
  }
}

/** Two of one kind get numbers. */
function labelled(speakers: readonly Speaker[]): readonly Turn[] {
  return speakers.map((speaker, index) => {
    const same = speakers.filter(({ name }) => name === speaker.name);
    const before = speakers.slice(0, index).filter(({ name }) => name === speaker.name).length;
    return { speaker, label: same.length > 1 ? `${speaker.name} ${before + 1}` : speaker.name };
  });
}
