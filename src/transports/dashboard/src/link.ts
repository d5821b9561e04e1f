import mqtt, { type MqttClient } from "mqtt";
import {
  frameSound,
  topicOf,
  unframeCamera,
  unframeDepth,
  type InboundTopic,
  type LeaseMessage,
} from "../../../domain/remote/index.js";
import type { Action } from "../../../domain/action.js";
import { play } from "./sound.js";
import * as store from "./store.js";

const VALID_MS = 10_000;
const HEARTBEAT_MS = 1_000;
const OPERATOR_KEY = "handeye-operator";

let client: MqttClient | undefined;
let decoding = false;
let pending: Uint8Array | undefined;
let pictures = 0;
let renewedAtMs = 0;
let secret = "";

export const savedOperator = (): string =>
  sessionStorage.getItem(OPERATOR_KEY) ?? localStorage.getItem(OPERATOR_KEY) ?? "";

/** Random, also where the page has no secure context. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Connects as `name`. Without a password the broker decides whether names are believed. */
export function connect(name: string, password = ""): void {
  client?.end(true);
  secret = password;
  store.operator.value = name;
  localStorage.setItem(OPERATOR_KEY, name);
  store.link.value = "connecting";
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const now = mqtt.connect(`${scheme}://${location.host}/mqtt`, {
    protocolVersion: 4,
    clientId: `page-${newId()}`,
    username: name,
    password,
    clean: true,
    queueQoSZero: false,
    reconnectPeriod: 1_000,
    keepalive: 5,
    // The other kind is a worker made of text, which the page's policy forbids.
    timerVariant: "native",
    // Nothing that was meant for an earlier moment is sent later.
    resubscribe: true,
  });
  client = now;
  now.on("connect", () => {
    store.link.value = "online";
    now.subscribe("handeye/+/status", { qos: 1 });
    if (store.robot.value !== "") follow(store.robot.value);
  });
  now.on("close", () => {
    if (client === now && store.link.value === "online") store.link.value = "offline";
  });
  now.on("error", (error) => {
    if (!("code" in error) || (error.code !== 4 && error.code !== 5)) return;
    now.end(true);
    store.link.value = "login";
  });
  now.on("message", (topic, payload) => read(topic, payload));
}

/** Who asks, for the web server; it asks for no more than the broker does. */
export function authorization(): string {
  const bytes = new TextEncoder().encode(`${store.operator.value}:${secret}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** Shows another robot of the broker. */
export function follow(robot: string): void {
  if (store.robot.value !== "" && store.robot.value !== robot) {
    client?.unsubscribe(topicOf(store.robot.value, "#"));
    for (const cleared of [store.state, store.pose, store.overlay, store.picture, store.depth, store.approval]) {
      cleared.value = undefined;
    }
    store.events.value = [];
  }
  store.robot.value = robot;
  client?.subscribe(topicOf(robot, "#"), { qos: 1 });
}

function read(topic: string, payload: Uint8Array): void {
  const [, robot, ...rest] = topic.split("/");
  const name = rest.join("/");
  if (name === "status") {
    const { online } = JSON.parse(text(payload)) as { online: boolean };
    store.robots.value = { ...store.robots.value, [robot]: online };
    if (store.robot.value === "" && online) follow(robot);
    return;
  }
  if (robot !== store.robot.value) return;
  if (name.startsWith("camera/")) return void show(payload);
  if (name.startsWith("depth/")) {
    store.depth.value = unframeDepth(payload) ?? store.depth.value;
    return;
  }
  if (name.startsWith("event/"))
    return store.addEvent(JSON.parse(text(payload)) as Parameters<typeof store.addEvent>[0]);
  const json = (): never => JSON.parse(text(payload)) as never;
  switch (name) {
    case "state":
      store.state.value = json();
      if (renewedAtMs > 0 && store.isDriver.value) {
        store.roundTripMs.value = performance.now() - renewedAtMs;
        renewedAtMs = 0;
      }
      break;
    case "pose":
      store.pose.value = json();
      break;
    case "overlay":
      store.overlay.value = json();
      break;
    case "approval/request":
      store.approval.value = json();
      break;
    case "question":
      store.question.value = json();
      break;
    case "transcript":
      store.transcript.value = json();
      break;
    case "response":
      store.responses.value = [...store.responses.value.slice(-30), json()];
      break;
    case "speech":
      play(payload);
      break;
  }
}

const text = (payload: Uint8Array): string => new TextDecoder().decode(payload);

/** Draws the newest picture only: a page that cannot keep up skips, and never falls behind. */
async function show(payload: Uint8Array): Promise<void> {
  pending = payload;
  if (decoding) return;
  decoding = true;
  while (pending !== undefined) {
    const camera = unframeCamera(pending);
    pending = undefined;
    if (camera === undefined) continue;
    try {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(camera.jpeg)], { type: "image/jpeg" }));
      store.picture.value?.bitmap.close();
      store.picture.value = {
        bitmap,
        sequence: camera.sequence,
        takenAtMs: camera.timeMs,
        arrivedAtMs: performance.now(),
      };
      pictures++;
    } catch {
      // Half a picture; the next one is on its way.
    }
  }
  decoding = false;
}

setInterval(() => {
  store.fps.value = pictures;
  pictures = 0;
}, 1_000);

const iso = (ms: number): string => new Date(ms).toISOString();

/** Topics are signed with the writer's name: a broker with rules wants it, and the others do not mind. */
function publish(name: InboundTopic, payload: string | Uint8Array, qos: 0 | 1): void {
  if (client?.connected !== true) return;
  const topic = `${topicOf(store.robot.value, name)}/from/${store.operator.value}`;
  client.publish(topic, payload as never, { qos });
}

function signed(): { id: string; operator: string; sentAt: string; expiresAt: string } {
  const now = Date.now();
  return { id: newId(), operator: store.operator.value, sentAt: iso(now), expiresAt: iso(now + VALID_MS) };
}

const send = (name: InboundTopic, message: object = {}): void =>
  publish(name, JSON.stringify({ ...signed(), ...message }), 1);

/** Whoever commands drives: a page that is closed in mid-mission must be missed. */
function command(message: { readonly instruction: string } | { readonly action: Action }): void {
  if (!store.isDriver.value && store.state.value?.lease === undefined) takeLease();
  send("command", message);
}
export const instruct = (instruction: string): void => command({ instruction });
export const act = (action: Action): void => command({ action });
export const answer = (questionId: string, said: string): void => send("answer", { questionId, text: said });
export const decide = (requestId: string, digest: string, decision: "approved" | "denied"): void =>
  send("approval/response", { requestId, digest, decision });
export const arm = (): void => send("arm");
export const hold = (): void => send("hold");
export const resume = (): void => send("resume");
export const reset = (): void => send("reset");
export const setZones = (zones: readonly object[]): void => send("keep-out", { zones });
export const sendSound = (wav: Uint8Array, header: object = {}): void =>
  publish("audio", frameSound({ ...signed(), ...header }, wav), 1);

/** Nothing but the message itself: it counts whoever sends it. Sent twice, as one may be lost with the link. */
export function stop(): void {
  if (client === undefined || store.robot.value === "") return;
  client.publish(topicOf(store.robot.value, "stop"), "", { qos: 0 });
  client.publish(topicOf(store.robot.value, "stop"), "", { qos: 1 });
}

let heartbeat: ReturnType<typeof setInterval> | undefined;
const lease = (want: LeaseMessage["want"]): void =>
  publish("lease", JSON.stringify({ operator: store.operator.value, sentAt: iso(Date.now()), want }), 1);

export function takeLease(): void {
  renewedAtMs = performance.now();
  lease("acquire");
  heartbeat ??= setInterval(() => lease("renew"), HEARTBEAT_MS);
}

export function giveLease(): void {
  clearInterval(heartbeat);
  heartbeat = undefined;
  lease("release");
}

let presses = 0;
/** One press of a held key: counts for 300 ms. Not repeated when it is lost. */
export function jog(velocityMps: readonly [number, number, number]): void {
  const message = { operator: store.operator.value, sentAt: iso(Date.now()), sequence: presses++, velocityMps };
  publish("jog", JSON.stringify(message), 0);
}
