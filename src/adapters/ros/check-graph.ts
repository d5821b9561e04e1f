import type { RosProfile } from "./profile-schema.js";
import type { RosLink } from "./ros-link.js";
import { rosType } from "./stamps.js";

/** One thing that the profile expects of the graph, and what is there. */
export interface GraphFinding {
  readonly what: string;
  readonly ok: boolean;
  /** What was expected, what was found, what to do. */
  readonly message: string;
}

/** Compares the profile's topics with the graph: missing ones, and ones of another type, which rosbridge would pass over in silence. */
export async function checkGraph(link: RosLink, profile: RosProfile): Promise<readonly GraphFinding[]> {
  const findings: GraphFinding[] = [];
  for (const { topic, type } of expectedTopics(profile)) {
    const expected = rosType(link.version, "msg", type);
    const answer = await link.callService("/rosapi/topic_type", { topic }, { timeoutMs: 2_000 });
    const found = answer.ok && typeof answer.value.type === "string" ? answer.value.type : undefined;
    const isSame = found !== undefined && short(found) === type;
    const publishers = isSame
      ? await link.callService("/rosapi/publishers", { topic }, { timeoutMs: 2_000 })
      : undefined;
    const silent =
      publishers?.ok === true && Array.isArray(publishers.value.publishers) && publishers.value.publishers.length === 0;
    findings.push({
      what: topic,
      ok: isSame && !silent,
      message: !answer.ok
        ? answer.message
        : found === undefined || found === ""
          ? `Expected topic ${topic} (${expected}), found no such topic. Start its driver, or correct the profile.`
          : !isSame
            ? `Expected ${topic} to be ${expected}, found ${found}. Correct the topic or its transport in the profile.`
            : silent
              ? `Expected somebody to publish ${topic}, found nobody. Start its driver.`
              : `${topic} is ${found}`,
    });
  }
  return findings;
}

const short = (type: string): string => type.replace("/msg/", "/");

function expectedTopics(profile: RosProfile): readonly { readonly topic: string; readonly type: string }[] {
  const cameras = [profile.cameras.head, ...(profile.cameras.wrist === undefined ? [] : [profile.cameras.wrist])];
  const pictures = cameras.flatMap(({ color, depth, info }) => [
    ...[color, ...(depth === undefined ? [] : [depth])].map(({ topic, transport }) => ({
      topic,
      type: transport === "raw" ? "sensor_msgs/Image" : "sensor_msgs/CompressedImage",
    })),
    { topic: info, type: "sensor_msgs/CameraInfo" },
  ]);
  return [{ topic: profile.jointStates, type: "sensor_msgs/JointState" }, ...pictures];
}
