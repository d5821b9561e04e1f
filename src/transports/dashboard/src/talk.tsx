import { useEffect, useRef, useState } from "preact/hooks";
import { sendSound } from "./link.js";
import { question } from "./store.js";
import { startRecording, type Recording } from "./sound.js";
import { t } from "./words.js";

/** Hold to talk: what is said while the button is down goes to the robot as one sound. */
export function Talk() {
  const [isOn, setOn] = useState(false);
  const [trouble, setTrouble] = useState("");
  const [seconds, setSeconds] = useState(0);
  const recording = useRef<Promise<Recording> | undefined>(undefined);
  const canHear = navigator.mediaDevices !== undefined;

  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setInterval(() => {
      void recording.current?.then((running) => setSeconds(running.seconds())).catch(() => undefined);
    }, 100);
    return () => clearInterval(timer);
  }, [isOn]);

  async function begin(): Promise<void> {
    if (recording.current !== undefined) return;
    setOn(true);
    setSeconds(0);
    setTrouble("");
    recording.current = startRecording();
    await recording.current.catch((error: unknown) => {
      recording.current = undefined;
      setOn(false);
      setTrouble(error instanceof Error ? error.message : String(error));
    });
  }
  async function end(): Promise<void> {
    const running = recording.current;
    recording.current = undefined;
    setOn(false);
    const wav = await (await running)?.finish();
    if (wav === undefined) return;
    const asked = question.value;
    sendSound(wav, asked?.waiting === true ? { purpose: "answer", questionId: asked.id } : {});
  }

  return (
    <>
      <button
        type="button"
        class={isOn ? "held" : ""}
        disabled={!canHear}
        title={canHear ? "" : t("microphone")}
        onPointerDown={() => void begin()}
        onPointerUp={() => void end()}
        onPointerLeave={() => void end()}
        onPointerCancel={() => void end()}
        data-testid="talk"
      >
        {isOn ? `${t("listening")} ${seconds.toFixed(1)} s` : t("talk")}
      </button>
      {trouble !== "" && <span class="refusal">{trouble}</span>}
    </>
  );
}
