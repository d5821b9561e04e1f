import { createRosRig } from "../support/fake-ros-body/index.js";
import { describeRobotContract } from "./robot-contract.js";

for (const version of [1, 2] as const) {
  describeRobotContract(`ROS ${version} over rosbridge`, async () => {
    const rig = await createRosRig(version);
    const { robot } = await rig.open();
    return { robot, close: () => rig.close() };
  });
}
