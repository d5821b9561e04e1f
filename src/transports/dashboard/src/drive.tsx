import { useEffect, useRef, useState } from "preact/hooks";
import { jog } from "./link.js";
import { isBusy, isDriver, isStopped } from "./store.js";
import { t, type Word } from "./words.js";

const SPEED_MPS = 0.1;
const EVERY_MS = 100;
type Direction = readonly [x: number, y: number, z: number];

/** Base frame: x forward, y left, z up. */
const KEYS: readonly { readonly word: Word; readonly sign: string; readonly direction: Direction }[] = [
  { word: "forward", sign: "▲", direction: [1, 0, 0] },
  { word: "left", sign: "◀", direction: [0, 1, 0] },
  { word: "right", sign: "▶", direction: [0, -1, 0] },
  { word: "back", sign: "▼", direction: [-1, 0, 0] },
  { word: "up", sign: "⤒", direction: [0, 0, 1] },
  { word: "down", sign: "⤓", direction: [0, 0, -1] },
];

/** Moves the arm while a button is held. Whatever takes the finger or the page away lets go. */
export function Drive() {
  const [held, setHeld] = useState<Word | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const isFree = isDriver.value && !isBusy.value && !isStopped.value;

  function release(): void {
    if (timer.current === undefined) return;
    clearInterval(timer.current);
    timer.current = undefined;
    setHeld(undefined);
    jog([0, 0, 0]);
  }
  function press(word: Word, [x, y, z]: Direction): void {
    release();
    const velocity = [x * SPEED_MPS, y * SPEED_MPS, z * SPEED_MPS] as const;
    jog(velocity);
    timer.current = setInterval(() => jog(velocity), EVERY_MS);
    setHeld(word);
  }

  useEffect(() => {
    const names = ["blur", "pagehide"] as const;
    names.forEach((name) => addEventListener(name, release));
    document.addEventListener("visibilitychange", release);
    return () => {
      release();
      names.forEach((name) => removeEventListener(name, release));
      document.removeEventListener("visibilitychange", release);
    };
  }, []);

  return (
    <fieldset class="drive" disabled={!isFree}>
      <legend>{t("jog")}</legend>
      {KEYS.map(({ word, sign, direction }) => (
        <button
          type="button"
          key={word}
          class={`jog-${word}${held === word ? " held" : ""}`}
          aria-label={t(word)}
          aria-pressed={held === word}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            press(word, direction);
          }}
          onPointerUp={release}
          onPointerCancel={release}
          onLostPointerCapture={release}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.repeat) press(word, direction);
          }}
          onKeyUp={release}
          onBlur={release}
          onContextMenu={(event) => event.preventDefault()}
        >
          {sign}
        </button>
      ))}
    </fieldset>
  );
}
