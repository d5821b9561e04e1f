import { createScene, createSimulation } from "../../sim/index.js";
import { describeCameraContract } from "./camera-contract.js";

describeCameraContract("simulator's head", async () => {
  const { head, close } = await createSimulation({ scene: createScene("tabletop", 3) });
  return { camera: head, close };
});

describeCameraContract("simulator's wrist, without a depth sensor", async () => {
  const { wrist, close } = await createSimulation({ scene: createScene("tabletop", 3), depth: "none" });
  return { camera: wrist, close };
});
