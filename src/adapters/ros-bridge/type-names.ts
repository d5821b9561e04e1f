const MIDDLES = new Set(["msg", "srv", "action"]);

/** `sensor_msgs/msg/Image` and `sensor_msgs/Image` are one type; this is the short form. */
export function shortType(type: string): string {
  const [head, middle, ...tail] = type.split("/");
  return tail.length > 0 && MIDDLES.has(middle) ? [head, ...tail].join("/") : type;
}

/** The name as ROS 1 (short) or ROS 2 (`pkg/msg/Type`) has it. */
export function typeFor(version: 1 | 2, type: string, middle: "msg" | "srv" | "action" = "msg"): string {
  const short = shortType(type);
  if (version === 1) return short;
  const [head, ...tail] = short.split("/");
  return tail.length === 0 ? short : [head, middle, ...tail].join("/");
}
