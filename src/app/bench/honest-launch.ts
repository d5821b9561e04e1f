import type { Launch } from "../launch/launch-schema.js";

/**
 * The same launch with a world that goes on while a model thinks: at real time. Over ROS it does so whatever is asked. Without it,
 * simulated time stands still between two commands, and a slow planner costs nothing.
 */
export function honestLaunch(launch: Launch): Launch {
  const { robot } = launch;
  return robot.type === "sim" ? { ...launch, robot: { ...robot, rate: 1 } } : launch;
}
