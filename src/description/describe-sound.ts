import { soundFacts, soundKind, type SoundKind } from "../domain/speech/sound-facts.js";
import { splitSpeech } from "../domain/speech/split-speech.js";
import { durationOf, type Sound } from "../domain/speech/sound.js";
import type { SoundEvent } from "../ports/sound-listener.js";

type Language = "en" | "zh";

const KINDS: Readonly<Record<Language, Readonly<Record<SoundKind, string>>>> = {
  en: {
    silence: "silence",
    speech: "speech",
    tone: "a tone, or tones",
    noise: "noise",
    mixed: "sound of several kinds",
  },
  zh: { silence: "静音", speech: "说话声", tone: "音调", noise: "噪声", mixed: "多种声音" },
};

/** One sentence by measurement and rules: length, loudness, and which of five kinds it is like. */
export function describeSound(sound: Sound, language: Language): string {
  const { durationS, loudnessDbfs, silentShare } = soundFacts(sound);
  const kind = KINDS[language][soundKind(sound)];
  const [length, loudness] = [durationS.toFixed(1), Math.round(loudnessDbfs)];
  const silent = Math.round(silentShare * 100);
  return language === "zh"
    ? `一段 ${length} 秒的声音：${kind}，响度约 ${loudness} dBFS，其中 ${silent}% 是静音。`
    : `A sound of ${length} s: ${kind}, about ${loudness} dBFS loud; ${silent} % of it is silent.`;
}

/** Where something is heard, and its kind by rules. A steady sound is one event. */
export function soundEvents(sound: Sound, language: Language): readonly SoundEvent[] {
  const spans = splitSpeech(sound, { longestS: 60 });
  const all = spans.length === 0 ? [{ start: 0, end: sound.samples.length }] : spans;
  return all.flatMap(({ start, end }) => {
    const kind = soundKind({ ...sound, samples: sound.samples.subarray(start, end) });
    if (kind === "silence") return [];
    return [{ label: KINDS[language][kind], startS: start / sound.sampleRateHz, endS: end / sound.sampleRateHz }];
  });
}

/** Whole questions, not words in them: "how long is the pause" must not get the length of the sound. */
const QUESTIONS: readonly (readonly [RegExp, (sound: Sound, language: Language) => string])[] = [
  [
    /^(how long (is|does) (it|this|(the|this) (sound|recording|clip|file))( last)?|what is (its|the) (length|duration)|(它|这段?声音|录音)?(有多长|多长|持续多久|时长是多少))$/iu,
    (sound, language) => `${durationOf(sound).toFixed(1)} ${language === "zh" ? "秒" : "s"}`,
  ],
  [
    /^(how loud is (it|this|(the|this) (sound|recording|clip|file))|(它|这段?声音|录音)?(有多响|多大声|音量是多少|响度是多少))$/iu,
    (sound) => `${Math.round(soundFacts(sound).loudnessDbfs)} dBFS`,
  ],
  [
    /^((is|are) (there )?(any ?(one|body)|some ?(one|body)|a person|people) (speaking|talking)|is there (any )?(speech|talking)( in it)?|does any ?(one|body) (speak|talk)|(里面|这里)?(有没有人|有人)在?(说话|讲话)吗?)$/iu,
    (sound, language) =>
      yes(
        soundEvents(sound, "en").some(({ label }) => label === KINDS.en.speech),
        language,
      ),
  ],
  [
    /^(is (it|this|(the|this) (sound|recording|clip|file)) (silent|silence)|(它|这段?声音|录音)?是静音的?吗?)$/iu,
    (sound, language) => yes(soundKind(sound) === "silence", language),
  ],
  [
    /^(what kind of sound is (it|this)|what is (it|this)|what do you hear|what can be heard|(这|它)是什么声音|你?听到了?什么)$/iu,
    (sound, language) => describeSound(sound, language),
  ],
];

/** Questions about length, loudness, speech and silence; undefined for any other. */
export function answerAboutSound(sound: Sound, question: string, language: Language): string | undefined {
  const asked = question.trim().replace(/[\s?？。.!！]+$/u, "");
  return QUESTIONS.find(([pattern]) => pattern.test(asked))?.[1](sound, language);
}

function yes(holds: boolean, language: Language): string {
  if (language === "zh") return holds ? "是。" : "否。";
  return holds ? "Yes." : "No.";
}
