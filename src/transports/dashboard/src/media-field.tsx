import { useRef, useState } from "preact/hooks";
import type { FieldProps } from "./skill-field.js";
import { startRecording, type Recording } from "./sound.js";
import { t, type Word } from "./words.js";

type Media = "picture" | "sound" | "clip" | "file";
type Source = "default" | "head" | "wrist" | "file" | "microphone";

const SOURCES: Readonly<Record<Media, readonly Source[]>> = {
  picture: ["head", "wrist", "file"],
  sound: ["file", "microphone"],
  clip: ["head", "wrist", "file"],
  file: ["file"],
};
const WORDS: Readonly<Record<Source, Word>> = {
  default: "byDefault",
  head: "headCamera",
  wrist: "wristCamera",
  file: "aFile",
  microphone: "microphoneNow",
};
const ACCEPT: Readonly<Record<Media, string>> = {
  picture: "image/*",
  sound: ".wav,audio/wav",
  clip: ".mcap,.mp4,.gif,.webp,video/mp4",
  file: "",
};
const CLIP_S = 5;

/** A picture, sound, clip or file: from a camera, from the person's own files, or from the microphone. */
export function MediaField({ name, media, isRequired, onChange }: FieldProps & { readonly media: Media }) {
  const sources: readonly Source[] = isRequired ? SOURCES[media] : ["default", ...SOURCES[media]];
  const [source, setSource] = useState<Source>(sources[0]);
  const [seconds, setSeconds] = useState(CLIP_S);
  const camera = (from: Source, forS: number): unknown =>
    media === "clip" ? { camera: from, forS } : { camera: from };

  function choose(next: Source): void {
    setSource(next);
    onChange(next === "head" || next === "wrist" ? camera(next, seconds) : undefined);
  }
  async function take(file: File | undefined): Promise<void> {
    onChange(file === undefined ? undefined : { data: toBase64(new Uint8Array(await file.arrayBuffer())) });
  }

  return (
    <span class="row">
      <select
        value={source}
        data-testid={`field-${name}`}
        onChange={({ currentTarget }) => choose(sources.find((each) => each === currentTarget.value) ?? sources[0])}
      >
        {sources.map((each) => (
          <option key={each} value={each}>
            {t(WORDS[each])}
          </option>
        ))}
      </select>
      {source === "file" && (
        <input
          type="file"
          accept={ACCEPT[media]}
          required
          data-testid={`file-${name}`}
          onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
        />
      )}
      {source === "microphone" && <Microphone onSound={(wav) => onChange({ data: toBase64(wav) })} />}
      {media === "clip" && (source === "head" || source === "wrist") && (
        <input
          type="number"
          min={1}
          max={600}
          value={seconds}
          aria-label={t("seconds")}
          onInput={({ currentTarget }) => {
            setSeconds(currentTarget.valueAsNumber);
            onChange(camera(source, currentTarget.valueAsNumber));
          }}
        />
      )}
    </span>
  );
}

function Microphone({ onSound }: { readonly onSound: (wav: Uint8Array) => void }) {
  const [isOn, setOn] = useState(false);
  const [note, setNote] = useState("");
  const recording = useRef<Promise<Recording> | undefined>(undefined);

  async function toggle(): Promise<void> {
    if (!isOn) {
      setOn(true);
      setNote("");
      recording.current = startRecording();
      await recording.current.catch((error: unknown) => {
        setOn(false);
        setNote(error instanceof Error ? error.message : String(error));
      });
      return;
    }
    setOn(false);
    const running = await recording.current?.catch(() => undefined);
    const length = running?.seconds() ?? 0;
    const wav = await running?.finish();
    if (wav !== undefined) onSound(wav);
    setNote(wav === undefined ? "" : `${length.toFixed(1)} s`);
  }

  return (
    <>
      <button type="button" class={isOn ? "held" : ""} onClick={() => void toggle()} data-testid="record">
        {isOn ? t("finish") : t("record")}
      </button>
      {note}
    </>
  );
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  // All at once is more arguments than a call takes.
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}
