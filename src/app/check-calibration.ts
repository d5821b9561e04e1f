import { setImmediate as nextTurn } from "node:timers/promises";
import { ControllerError } from "../domain/errors.js";
import { surfaceSlope } from "../perception/index.js";
import type { Look, Perception } from "../ports/perception.js";

const DEGREE = Math.PI / 180;
/** Worth telling: a focal length wrong by 7 %, which is a centimetre or two at arm's length. */
const TOLD_RAD = 2 * DEGREE;
/** Beyond it, positions are wrong by more than a hand's width of opening: a focal length wrong by 15 %. */
const REFUSED_RAD = 4.5 * DEGREE;

export interface CalibrationCheckOptions {
  readonly mode: "refuse" | "warn" | "off";
  readonly onNote: (text: string) => void;
}

/**
 * The same perception, which tells once when the camera's calibration does not fit the depth that the camera measures, and rejects
 * with `miscalibrated` when it is so wrong that no position can be trusted. Estimated depth says nothing of calibration.
 */
export function checkCalibration(perception: Perception, { mode, onNote }: CalibrationCheckOptions): Perception {
  if (mode === "off") return perception;
  let told = false;

  function check({ frame, depth }: Look): void {
    if (depth.source !== "sensor") return;
    const slope = surfaceSlope(frame, depth);
    if (slope === undefined) return;
    const { pitchRad, rollRad } = slope;
    const worst = Math.max(Math.abs(pitchRad), Math.abs(rollRad));
    if (worst < TOLD_RAD) return;
    const degrees = (radians: number): string => (radians / DEGREE).toFixed(1);
    const found = `The calibration of camera "${frame.camera}" does not fit its depth: surfaces that should be level slope by ${degrees(pitchRad)}° away from the robot and ${degrees(rollRad)}° to its left.`;
    const next = "Calibrate its focal length and its pose.";
    if (worst >= REFUSED_RAD && mode === "refuse") {
      throw new ControllerError("miscalibrated", `${found} Positions cannot be trusted, so nothing moves. ${next}`, {
        details: { pitchRad, rollRad },
      });
    }
    if (!told) onNote(`${found} ${next}`);
    told = true;
  }

  return {
    ...perception,
    async look(options) {
      const look = await perception.look(options);
      await nextTurn();
      check(look);
      await nextTurn();
      return look;
    },
  };
}
