import { createScene, createSimulation } from "../../sim/index.js";
import { describeRobotContract } from "./robot-contract.js";

describeRobotContract("simulator", async () => {
  const { robot, close } = await createSimulation({ scene: createScene("tabletop", 3) });
  return { robot, close };
});
