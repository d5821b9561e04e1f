import type { ActionDesk } from "./action-desk.js";
import type { Faults } from "./faults.js";
import type { RosbridgeOptions, RosMessage } from "./rosbridge.types.js";
import type { BuiltInService, ServiceDesk } from "./service-desk.js";
import type { TopicHub } from "./topic-hub.js";

/** The questions about the graph that clients ask. */
export function rosapi(
  { version, clock, params = {} }: RosbridgeOptions,
  desks: () => { topics: TopicHub; services: ServiceDesk; actions: ActionDesk; clients: readonly string[] },
  faults: Faults,
): ReadonlyMap<string, BuiltInService> {
  const topic = (args: RosMessage) =>
    desks()
      .topics.list()
      .find(({ topic: name }) => name === args.topic);
  const time = (ms: number): RosMessage => {
    const whole = Math.floor(ms / 1000);
    const rest = Math.round((ms - whole * 1000) * 1e6);
    return version === 1 ? { secs: whole, nsecs: rest } : { sec: whole, nanosec: rest };
  };
  const entries: readonly (readonly [string, BuiltInService])[] = [
    ["get_time", () => ({ time: time(clock.nowMs() + faults.clockErrorMs) })],
    [
      "topics",
      () => {
        const list = desks().topics.list();
        return { topics: list.map((t) => t.topic), types: list.map((t) => t.type) };
      },
    ],
    ["topic_type", (args) => ({ type: topic(args)?.type ?? "" })],
    ["publishers", (args) => ({ publishers: topic(args)?.publishers ?? [] })],
    ["subscribers", (args) => ({ subscribers: topic(args)?.subscribers ?? [] })],
    ["nodes", () => ({ nodes: ["/rosbridge_websocket", "/rosapi", ...desks().clients] })],
    [
      "services",
      () => ({
        services: [
          ...entries.map(([name]) => `/rosapi/${name}`),
          ...desks()
            .services.list()
            .map(({ service }) => service),
        ],
      }),
    ],
    [
      "service_type",
      (args) => ({
        type:
          desks()
            .services.list()
            .find(({ service }) => service === args.service)?.type ?? "",
      }),
    ],
    ["action_servers", () => ({ action_servers: version === 1 ? actionTopics(desks().topics) : actionNames() })],
    ["get_param", (args) => ({ value: JSON.stringify(params[String(args.name)] ?? args.default ?? null) })],
    ...(version === 2 ? [["get_ros_version", () => ({ version: 2, distro: "jazzy" })] as const] : []),
  ];
  const actionNames = (): readonly string[] =>
    desks()
      .actions.list()
      .map(({ action }) => action);
  return new Map(entries.map(([name, service]) => [`/rosapi/${name}`, service]));
}

/** ROS 1 has no list of actions: whoever takes goals listens to `.../goal` and tells of them on `.../status`. */
function actionTopics(topics: TopicHub): readonly string[] {
  const list = topics.list();
  return list
    .filter(({ topic, subscribers }) => topic.endsWith("/goal") && subscribers.length > 0)
    .map(({ topic }) => topic.slice(0, -"/goal".length))
    .filter((action) => list.some(({ topic, publishers }) => topic === `${action}/status` && publishers.length > 0));
}
