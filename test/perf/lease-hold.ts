import { killController } from "../support/killed-controller.js";
import type { Measurement } from "./measure.js";

const KILLS = 4;
const ATTEMPTS = 8;
const LEASE_MS = 250;

/** From `kill -9` of a controller in mid-motion to the robot being held, each program a process of its own, at real time. */
export async function measureLeaseHold(): Promise<readonly Measurement[]> {
  const spent: number[] = [];
  let lost = 0;
  for (let i = 0; i < ATTEMPTS && spent.length < KILLS; i++) {
    try {
      spent.push((await killController({ version: i % 2 === 0 ? 2 : 1, leaseMs: LEASE_MS, rate: 1 })).heldAfterMs);
    } catch {
      // On a busy machine a controller may be late by itself, and finds the robot held before it is killed.
      lost++;
    }
  }
  const each = spent.map((ms) => ms.toFixed(0)).join(", ");
  return [
    {
      name: "killed controller to held",
      value: spent.length === 0 ? "never measured" : `${Math.max(...spent).toFixed(0)} ms at most`,
      beside: `${spent.length} kills in mid-motion (ROS 2 and 1): ${each} ms; lease of ${LEASE_MS} ms; ${lost} lost it before`,
    },
  ];
}
