import { Ros, Topic } from "roslib";
import sharp from "sharp";
import { createRosLink } from "../../src/adapters/ros/index.js";
import { topDownPose } from "../../src/domain/kinematics/index.js";
import { createRosRig } from "../support/fake-ros-body/index.js";
import { joinGraph } from "../support/fake-ros-body/graph-client.js";
import { startRosbridge } from "../support/rosbridge/index.js";
import { createScaledClock } from "../support/scaled-clock.js";
import { ms, type Measurement } from "./measure.js";

const FPS = 30;
const SECONDS = 4;
const FRAMES = FPS * SECONDS;
const STOPS = 100;
const TOPIC = "/camera/image/compressed";
const TYPE = "sensor_msgs/msg/CompressedImage";

interface Arrivals {
  readonly received: number;
  readonly latenciesMs: readonly number[];
  /** Frames that were on their way when another one was published, at most. */
  readonly backlog: number;
}

/** A pattern that compresses about as badly as a room. */
async function roomLikeJpeg(): Promise<string> {
  const [width, height] = [640, 480];
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 128 + 60 * Math.sin(i / 97) + ((i * 7919) % 23);
  return (
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 80 })
      .toBuffer()
  ).toString("base64");
}

const wait = (untilMs: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, Math.max(0, untilMs - performance.now())));

/** Publishes at a steady rate through a bridge, while `subscribe` counts what comes out. */
async function stream(
  data: string,
  subscribe: (url: string, onFrame: (sequence: number) => void) => Promise<() => void>,
): Promise<Arrivals> {
  const clock = createScaledClock(1);
  const bridge = await startRosbridge({ version: 2, clock, timers: clock.timers });
  const camera = await joinGraph(bridge.url);
  camera.say({ op: "advertise", topic: TOPIC, type: TYPE });
  await camera.settled();
  const sentAtMs: number[] = [];
  const latenciesMs: number[] = [];
  let last = -1;
  const end = await subscribe(bridge.url, (sequence) => {
    last = sequence;
    latenciesMs.push(performance.now() - sentAtMs[sequence]);
  });
  const startMs = performance.now() + 200;
  let backlog = 0;
  for (let i = 0; i < FRAMES; i++) {
    await wait(startMs + (i * 1000) / FPS);
    backlog = Math.max(backlog, i - 1 - last);
    sentAtMs[i] = performance.now();
    camera.publish(TOPIC, { header: { stamp: { sec: i, nanosec: 1 }, frame_id: "camera" }, format: "jpeg", data });
  }
  await wait(performance.now() + 300);
  end();
  camera.close();
  await bridge.close();
  return { received: latenciesMs.length, latenciesMs: latenciesMs.sort((a, b) => a - b), backlog };
}

const sequenceOf = (message: unknown): number => (message as { header: { stamp: { sec: number } } }).header.stamp.sec;
const timers = {
  after(waitMs: number, callback: () => void) {
    const timer = setTimeout(callback, waitMs);
    return () => clearTimeout(timer);
  },
};

async function overHandeye(url: string, onFrame: (sequence: number) => void): Promise<() => void> {
  const link = createRosLink({ url, version: 2, timers });
  await link.connect();
  link.subscribe(TOPIC, TYPE, (message) => onFrame(sequenceOf(message)), { compression: "cbor" });
  return () => link.close();
}

async function overRoslib(url: string, onFrame: (sequence: number) => void): Promise<() => void> {
  const ros = new Ros({});
  const open = new Promise<void>((resolve) => void ros.on("connection", () => resolve()));
  await ros.connect(url);
  await open;
  const topic = new Topic({ ros, name: TOPIC, messageType: TYPE, compression: "cbor", queue_length: 1 });
  topic.subscribe((message) => onFrame(sequenceOf(message)));
  return () => ros.close();
}

const told = ({ received, latenciesMs, backlog }: Arrivals): string =>
  `${received}/${FRAMES}, backlog ${backlog}, p50 ${ms(latenciesMs[received >> 1])}, p95 ${ms(latenciesMs[Math.floor(received * 0.95)])}`;

/** Halts in mid-motion over the bridge, pictures streaming beside: from the call to the robot with no motion commanded. */
async function stopOverBridge(data: string): Promise<{ stops: readonly number[]; bare: readonly number[] }> {
  const rig = await createRosRig(2, { factor: 1 });
  const camera = await joinGraph(rig.bridge.url);
  camera.say({ op: "advertise", topic: TOPIC, type: TYPE });
  const { robot, link } = await rig.open();
  link.subscribe(TOPIC, TYPE, () => undefined, { compression: "cbor" });
  let sequence = 0;
  const streaming = setInterval(() => {
    camera.publish(TOPIC, { header: { stamp: { sec: ++sequence, nanosec: 0 }, frame_id: "" }, format: "jpeg", data });
  }, 1000 / FPS);
  const stops: number[] = [];
  const bare: number[] = [];
  try {
    await robot.connect();
    const signal = new AbortController().signal;
    for (let i = 0; i < STOPS; i++) {
      const begun = rig.bridge.saw(({ op }) => op === "send_action_goal");
      const motion = robot.moveTool(topDownPose([0.4, i % 2 === 0 ? 0.05 : -0.1, 1.1], 0), { signal, speedMps: 0.05 });
      await begun;
      // What one message each way takes on this machine now, whoever sends it.
      const askedMs = performance.now();
      await camera.settled();
      bare.push(performance.now() - askedMs);
      const zero = rig.robot.stopArrived();
      const startMs = performance.now();
      robot.halt();
      await zero;
      stops.push(performance.now() - startMs);
      await motion;
      await robot.reset();
    }
  } finally {
    clearInterval(streaming);
    camera.close();
    await rig.close();
  }
  const sorted = (list: number[]): number[] => list.sort((a, b) => a - b);
  return { stops: sorted(stops), bare: sorted(bare) };
}

/** The road to a ROS robot: pictures at the camera's rate, and a stop beside them. */
export async function measureRosLink(): Promise<readonly Measurement[]> {
  const data = await roomLikeJpeg();
  const ours = await stream(data, overHandeye);
  const bare = await stream(data, overRoslib);
  const { stops, bare: bareTrips } = await stopOverBridge(data);
  const p99 = (list: readonly number[]): string => ms(list[Math.floor(STOPS * 0.99) - 1]);
  return [
    { name: "640x480 JPEG at 30/s", value: told(ours), beside: `bare roslib: ${told(bare)}` },
    {
      name: "stop over rosbridge",
      value: `p50 ${ms(stops[STOPS >> 1])}, p99 ${p99(stops)}`,
      beside: `${STOPS} stops in mid-goal, pictures streaming; a bare round trip p50 ${ms(bareTrips[STOPS >> 1])}, p99 ${p99(bareTrips)}`,
    },
  ];
}
