import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { drawScene } from "./draw-scene.js";
import { act, setZones } from "./link.js";
import { targetAt, thingAt, zoneFromDrag, type Thing } from "./pointing.js";
import { isBusy, isStopped, overlay, picture, state } from "./store.js";
import { isDrawing } from "./zones.js";
import { t } from "./words.js";

interface Pointer {
  readonly x: number;
  readonly y: number;
}

/** A picture that is older than this is no picture of now. */
const OLD_MS = 2_000;

/** What the robot sees, with what it makes of it. Click a thing to act on it, drag it to move it. */
export function CameraView() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [chosen, setChosen] = useState<Thing | undefined>(undefined);
  const [hover, setHover] = useState<Pointer | undefined>(undefined);
  const [drag, setDrag] = useState<{ from: Pointer; to: Pointer } | undefined>(undefined);
  const [isOld, setOld] = useState(false);

  const draw = (): void => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    drawScene(context, { chosen: chosen?.id, hover, drag, isDrawing: isDrawing.value });
  };
  useSignalEffect(draw);
  useEffect(draw, [chosen, hover, drag]);
  useEffect(() => {
    const timer = setInterval(() => {
      const shown = picture.peek();
      setOld(shown === undefined || performance.now() - shown.arrivedAtMs > OLD_MS);
    }, 500);
    return () => clearInterval(timer);
  }, []);

  const at = (event: PointerEvent): Pointer => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };

  function finish(from: Pointer, to: Pointer): void {
    const isDrag = Math.hypot(to.x - from.x, to.y - from.y) > 0.02;
    if (isDrawing.peek()) {
      isDrawing.value = false;
      const zone = isDrag ? zoneFromDrag(from, to, state.peek()?.keepOut.length ?? 0) : undefined;
      if (zone !== undefined) setZones([...(state.peek()?.keepOut ?? []), zone]);
      return;
    }
    const thing = thingAt(from);
    if (!isDrag || thing === undefined) return setChosen(thing);
    const place = targetAt(to, thing.id);
    if (place !== undefined && canAct) act({ action: "move", from: targetOf(thing), to: place });
    setChosen(undefined);
  }

  const canAct = !isBusy.value && !isStopped.value;
  const under = hover === undefined ? undefined : targetAt(hover);
  return (
    <figure class="camera">
      <canvas
        ref={canvas}
        width={640}
        height={480}
        data-testid="camera"
        aria-label={t("camera")}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: at(event), to: at(event) });
        }}
        onPointerMove={(event) => {
          setHover(at(event));
          if (drag !== undefined) setDrag({ ...drag, to: at(event) });
        }}
        onPointerUp={(event) => {
          if (drag !== undefined) finish(drag.from, at(event));
          setDrag(undefined);
        }}
        onPointerCancel={() => setDrag(undefined)}
        onPointerLeave={() => setHover(undefined)}
      />
      {isOld && (
        <p class="old" role="alert">
          {t("frozen")}
        </p>
      )}
      {chosen !== undefined && (
        <div
          class="menu card"
          style={{ left: `${chosen.point.x * 100}%`, top: `${chosen.point.y * 100}%` }}
          data-testid="menu"
        >
          <strong>{chosen.label}</strong>
          {actionsFor(chosen).map((name) => (
            <button
              type="button"
              key={name}
              disabled={!canAct}
              onClick={() => {
                act({ action: name, target: targetOf(chosen) });
                setChosen(undefined);
              }}
            >
              {t(name)}
            </button>
          ))}
          <button type="button" class="plain" onClick={() => setChosen(undefined)}>
            {t("cancel")}
          </button>
        </div>
      )}
      <figcaption>
        {under === undefined
          ? t("dragHint")
          : `${under.label} · ${under.z.toFixed(2)} m · (${under.x.toFixed(2)}, ${under.y.toFixed(2)})`}
        <details class="things">
          <summary>{overlay.value?.things.length ?? 0}</summary>
          <ul>
            {overlay.value?.things.map((thing) => (
              <li key={thing.id}>
                <button type="button" class="plain" onClick={() => setChosen(thing)}>
                  {thing.label}
                </button>
              </li>
            ))}
          </ul>
        </details>
      </figcaption>
    </figure>
  );
}

const targetOf = ({ id, label, point }: Thing) => ({ label, detectionId: id, x: point.x, y: point.y, z: point.z });

function actionsFor({ label }: Thing): readonly ("grasp" | "open" | "close")[] {
  return /drawer|door|handle/.test(label) ? ["open", "close"] : ["grasp"];
}
