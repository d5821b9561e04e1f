import { ok } from "../../domain/result.js";
import { createArm } from "./arm.js";
import { failed, type MotionContext, type Performed } from "./motion-context.js";

/** Opens the gripper where it is. */
export async function release(context: MotionContext): Promise<Performed> {
  const { grip } = context;
  const arm = createArm(context, []);
  const { toolPoseInBase } = await arm.state();
  const opened = await arm.open();
  if (!opened.ok) return failed(opened, { ...(grip && { grip }) });
  const { gripper } = await arm.state();
  return {
    result: ok(undefined),
    effect: { kind: "released", ...(grip && { thing: grip.thing }), at: toolPoseInBase.position },
    evidence: { gripperWidthM: gripper.widthM },
  };
}
