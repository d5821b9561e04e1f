import { plannerLabel } from "../create-planner.js";
import type { Launch } from "../launch/launch-schema.js";

/**
 * What a benchmark's figures are figures of. Rows with privileged eyes, with rules that plan, and with trained models all the way
 * are never to be taken for each other; nor are those of a world that waits while somebody thinks, and of one that goes on.
 */
export function rowLabel(launch: Launch): string {
  const { robot } = launch;
  const pace = robot.type === "sim" && robot.rate !== "fast" ? `, world at ${robot.rate} x real time` : "";
  return `${thinkersLabel(launch)}${pace}`;
}

function thinkersLabel(launch: Launch): string {
  if (launch.perception.type === "oracle") return "oracle";
  const planner = plannerLabel(launch);
  if (planner === "grammar") return "scripted";
  return planner === "onboard" ? "on-board" : planner;
}
