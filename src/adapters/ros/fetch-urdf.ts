import { ControllerError } from "../../domain/errors.js";
import type { RosProfile } from "./profile-schema.js";
import type { RosLink } from "./ros-link.js";
import type { Timers } from "./ros-types.js";
import { rosType } from "./stamps.js";

const TIMEOUT_MS = 5_000;

/** The robot's description as text. Throws `robot-disconnected` saying where it was looked for. */
export async function fetchUrdf(
  link: RosLink,
  source: RosProfile["model"]["source"],
  { timers, readText }: { readonly timers: Timers; readonly readText: (path: string) => Promise<string> },
): Promise<string> {
  const xml = await fetchFrom(link, source, timers, readText);
  if (typeof xml === "string" && xml.includes("<robot")) return xml;
  const where =
    source.type === "file" ? source.path : `the ${source.type === "topic" ? "topic" : "parameter"} ${source.name}`;
  const hint =
    source.type === "topic"
      ? "Start robot_state_publisher, or set model.source in the profile to a file."
      : "Load robot_description, or set model.source in the profile to a file.";
  throw new ControllerError("robot-disconnected", `Expected a URDF at ${where}, found none. ${hint}`);
}

async function fetchFrom(
  link: RosLink,
  source: RosProfile["model"]["source"],
  timers: Timers,
  readText: (path: string) => Promise<string>,
): Promise<unknown> {
  switch (source.type) {
    case "file":
      return readText(source.path);
    case "param": {
      const answer = await link.callService(
        "/rosapi/get_param",
        { name: source.name, default: '""' },
        { timeoutMs: TIMEOUT_MS },
      );
      // rosapi answers with the value as JSON text.
      return answer.ok && typeof answer.value.value === "string" ? parseJson(answer.value.value) : undefined;
    }
    case "topic":
      return new Promise((resolve) => {
        const finish = (xml: unknown): void => {
          cancel();
          // The bridge may deliver a latched message within the very call that subscribes.
          queueMicrotask(() => unsubscribe());
          resolve(xml);
        };
        const cancel = timers.after(TIMEOUT_MS, () => finish(undefined));
        const unsubscribe = link.subscribe(source.name, rosType(link.version, "msg", "std_msgs/String"), ({ data }) =>
          finish(data),
        );
      });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
