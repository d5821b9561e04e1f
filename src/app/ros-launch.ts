import type { Launch } from "./launch/launch-schema.js";

/** A launch file for a robot in a ROS graph. */
export type RosLaunch = Launch & { readonly robot: Extract<Launch["robot"], { type: "ros" }> };

export const isRosLaunch = (launch: Launch): launch is RosLaunch => launch.robot.type === "ros";
