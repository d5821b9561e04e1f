import { createRosRig } from "../support/fake-ros-body/index.js";
import { describeCameraContract } from "./camera-contract.js";

for (const version of [1, 2] as const) {
  describeCameraContract(`ROS ${version} over rosbridge`, async () => {
    const rig = await createRosRig(version);
    const { head } = await rig.open();
    return { camera: head, close: () => rig.close() };
  });
}
