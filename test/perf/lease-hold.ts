import { killController } from "../support/killed-controller.js";
import type { Measurement } from "./measure.js";

const KILLS = 4;
const LEASE_MS = 250;

/** From `kill -9` of a controller in mid-motion to the robot being held, each program a process of its own, at real time. */
export async function measureLeaseHold(): Promise<readonly Measurement[]> {
  const spent: number[] = [];
  for (let i = 0; i < KILLS; i++) {
    spent.push((await killController({ version: i % 2 === 0 ? 2 : 1, leaseMs: LEASE_MS, rate: 1 })).heldAfterMs);
  }
  return [
    {
      name: "killed controller to held",
      value: `${Math.max(...spent).toFixed(0)} ms at most`,
      beside: `${KILLS} kills in mid-motion (ROS 1 and 2): ${spent.map((ms) => ms.toFixed(0)).join(", ")} ms; lease of ${LEASE_MS} ms`,
    },
  ];
}
