import { createCameraFeed } from "../../app/camera-feed.js";
import type { Desk, DeskCard } from "../../app/desk.js";
import type { Runtime } from "../../app/runtime.js";
import type { SkillService } from "../../app/skills/skill-service.js";
import type { Voice } from "../../app/voice.js";
import type { Action } from "../../domain/action.js";
import type { HandeyeEvent } from "../../domain/event.js";
import type { MissionResult } from "../../domain/mission.js";
import { frameDepth, thinDepth } from "../../domain/remote/depth-framing.js";
import type { StateReport } from "../../domain/remote/reports.js";
import type { Role } from "../../domain/remote/roles.js";
import type { MessageLink } from "../../ports/message-link.js";
import { createClockOffsets } from "./clock-offsets.js";
import { eventMessage } from "./event-message.js";
import { createInbox, type Letter, type Packet } from "./inbox.js";
import { createLease } from "./lease.js";
import { createOperations, isUnderWay, type RemoteMission, type Reply } from "./operations.js";
import { createOutbox } from "./outbox.js";
import { overlayReport } from "./overlay-report.js";
import { createSkillDesk } from "./skill-desk.js";
import { createVoiceDesk } from "./voice-desk.js";

export interface MqttTransportOptions {
  readonly link: MessageLink;
  readonly runtime: Runtime;
  readonly desk: Desk;
  readonly robot: string;
  readonly version: string;
  /** Unix time, milliseconds. */
  readonly nowMs: () => number;
  readonly after: (ms: number, callback: () => void) => () => void;
  readonly roleOf: (operator: string) => Role | undefined;
  readonly identity: "claimed" | "topic";
  readonly requireLease: boolean;
  readonly leaseTimeoutMs: number;
  readonly cameraFps: number;
  /** Ears and a voice; absent for a robot that neither hears nor speaks. */
  readonly voice?: Voice;
  /** What the robot does besides acting, and where its files are served. */
  readonly skills?: { readonly service: SkillService; readonly httpUrl?: string };
  /** Told of every message that is not taken, with the reason's code. */
  readonly onRefused?: (code: string) => void;
}

export interface MqttTransport {
  /** Whether somebody holds the wheel. */
  readonly leaseHeld: boolean;
  /** Why somebody may not have the robot move now; undefined where they may. */
  moving(operator: string): { readonly code: string; readonly message: string } | undefined;
  /** A packet that did not come over the link, for brokers in this process. */
  read(packet: Packet): void;
  close(): Promise<void>;
}

const POSE_EVERY_MS = 200;
/** Enough to point with. */
const DEPTH_COLUMNS = 80;
const iso = (ms: number): string => new Date(ms).toISOString();

/** The robot on MQTT: operators' letters in, events and reports out. */
export function createMqttTransport(options: MqttTransportOptions): MqttTransport {
  const { link, runtime, desk, nowMs, robot, after } = options;
  const outbox = createOutbox(link, robot);
  const startedAtMs = nowMs();
  let mission: RemoteMission | undefined;
  let last: StateReport["last"];
  let names: { planner?: string; perception?: string } = {};
  let plan: readonly Action[] = [];
  let latestJpeg: Uint8Array | undefined;
  let closed = false;

  const lease = createLease({
    nowMs,
    after,
    timeoutMs: options.leaseTimeoutMs,
    onLost({ operator }) {
      if (isUnderWay(runtime.state)) runtime.hold(`${operator} is not heard any more.`);
      tellState();
    },
  });
  const offsets = createClockOffsets();
  const inbox = createInbox({
    robot,
    nowMs,
    offsets,
    roleOf: options.roleOf,
    identity: options.identity,
    startedAtMs,
  });
  const operations = createOperations({
    runtime,
    desk,
    lease,
    nowMs,
    requireLease: options.requireLease,
    onMission(begun: RemoteMission | undefined, result?: MissionResult) {
      if (result !== undefined && mission !== undefined) {
        const { id, instruction } = mission;
        last = { id, instruction, outcome: result.outcome, grade: result.grade, message: result.message };
      }
      mission = begun;
      tellState();
    },
    ...(options.voice === undefined
      ? {}
      : {
          hear: (letter) => {
            voiceDesk?.hear(letter);
            return undefined;
          },
        }),
    ...(options.skills === undefined
      ? {}
      : {
          skill: (letter) => skillDesk?.take(letter) ?? { accepted: false, code: "unknown-skill" },
        }),
  });

  function tellState(): void {
    const { task, safety } = runtime.state;
    const { holder } = lease;
    const { approve, keepOut } = runtime.limits();
    outbox.report("state", {
      robot,
      kind: runtime.launch.robot.type,
      at: iso(nowMs()),
      task,
      safety,
      ...(mission === undefined
        ? {}
        : {
            mission: {
              id: mission.id,
              instruction: mission.instruction,
              operator: mission.operator,
              startedAt: iso(mission.startedAtMs),
            },
          }),
      ...(last === undefined ? {} : { last }),
      ...(holder === undefined
        ? {}
        : {
            lease: {
              operator: holder.operator,
              role: holder.role,
              since: iso(holder.sinceMs),
              hasHeartbeat: holder.hasHeartbeat,
            },
          }),
      approve,
      keepOut: keepOut.map(({ name, center, sizeM, yawRad }) => ({ name, center, sizeM, yawRad })),
      ...(runtime.interrupted === undefined ? {} : { interrupted: runtime.interrupted }),
      ...names,
    });
  }

  const letterId = (letter: Letter): string | undefined => {
    if ("message" in letter && typeof letter.message === "object" && "id" in letter.message) return letter.message.id;
    return "id" in letter ? letter.id : undefined;
  };

  function answer(letter: Letter, topic: string, reply: Reply): void {
    const id = letterId(letter);
    const operator = "operator" in letter ? letter.operator : undefined;
    if (!reply.accepted) options.onRefused?.(reply.code ?? "unknown");
    outbox.report("response", {
      ...(id === undefined ? {} : { id }),
      topic,
      ...(operator === undefined ? {} : { operator }),
      ...reply,
      at: iso(nowMs()),
    });
  }
  const skillDesk =
    options.skills === undefined
      ? undefined
      : createSkillDesk({
          skills: options.skills.service,
          outbox,
          nowMs,
          moving: (operator) => operations.moving(operator),
          ...(options.skills.httpUrl === undefined ? {} : { httpUrl: options.skills.httpUrl }),
        });
  const voiceDesk =
    options.voice === undefined
      ? undefined
      : createVoiceDesk({
          voice: options.voice,
          runtime,
          desk,
          outbox,
          nowMs,
          operations: () => operations,
          answer: (letter, reply) => answer(letter, "audio", reply),
        });

  function read(packet: Packet): void {
    if (closed) return;
    const letter = inbox(packet);
    if (letter.kind === "ignored" || letter.kind === "duplicate") return;
    if (letter.kind === "refused") {
      const { code, message, address } = letter;
      answer(letter, address.name, { accepted: false, code, message });
      if (address.name === "skill") skillDesk?.refuse(address.skill ?? "", letter, { accepted: false, code, message });
      return;
    }
    const reply = operations.carryOut(letter);
    if (reply !== undefined) answer(letter, TOPICS[letter.kind], reply);
    if (letter.kind !== "jog" && !(letter.kind === "lease" && reply === undefined)) tellState();
  }

  function show(card: DeskCard): void {
    const { id, digest, step, instruction, action, reason, point, positionInBase, marginM, timeoutMs } = card;
    outbox.report("approval/request", {
      id,
      digest,
      waiting: true,
      step,
      instruction,
      action,
      reason,
      ...(point === undefined ? {} : { point }),
      ...(positionInBase === undefined ? {} : { positionInBase: [...positionInBase] }),
      marginM: Number.isFinite(marginM) ? marginM : null,
      expiresAt: iso(nowMs() + timeoutMs),
      ...(latestJpeg === undefined ? {} : { picture: Buffer.from(latestJpeg).toString("base64") }),
    });
  }

  function publish(event: HandeyeEvent): void {
    if (event.event === "mission-start") {
      names = { planner: event.planner, perception: event.perception };
      plan = [];
    }
    if (event.event === "plan") plan = event.steps;
    if (event.event === "scene") outbox.report("overlay", overlayReport(event.scene, plan));
    outbox.event(event.event, eventMessage(event, { at: iso(nowMs()), missionId: mission?.id }));
    voiceDesk?.publish(event);
    if (event.event === "state" || event.event === "mission-end") tellState();
  }

  const endings = [
    runtime.onLook(({ frame, depth }) => {
      const step = Math.max(1, Math.round(depth.width / DEPTH_COLUMNS));
      const thin = thinDepth(depth.depthM, depth.width, depth.height, step);
      const ageMs = Math.max(0, runtime.clock.nowMs() - frame.capturedAtMs);
      outbox.bytes(`depth/${frame.camera}`, frameDepth(nowMs() - ageMs, frame.sequence, thin));
    }),
    runtime.subscribe({ publish }),
    desk.listen({
      card: show,
      question: ({ id, question, choices }) =>
        outbox.report("question", { id, waiting: true, question, choices: [...choices] }),
      closed(id, how) {
        if (how === "answered") outbox.report("question", { id, waiting: false });
        else outbox.report("approval/request", { id, digest: "", waiting: false, outcome: how });
      },
    }),
    createCameraFeed(runtime, {
      camera: "head",
      fps: options.cameraFps,
      onPicture({ frame, jpeg }) {
        latestJpeg = jpeg;
        const ageMs = Math.max(0, runtime.clock.nowMs() - frame.capturedAtMs);
        outbox.camera(frame.camera, nowMs() - ageMs, frame.sequence, jpeg);
      },
    }),
  ];

  let cancelPose = (): void => undefined;
  async function tellPose(): Promise<void> {
    try {
      const state = await runtime.robotState();
      const { position } = state.toolPoseInBase;
      outbox.report("pose", {
        timeMs: state.timeMs,
        toolPosition: [...position],
        base: { ...state.basePoseInOdom },
        gripperWidthM: state.gripper.widthM,
        inContact: state.gripper.inContact,
        stopped: state.stopped,
      });
    } catch {
      // The robot's own link tells when it is gone.
    }
    if (!closed) cancelPose = after(POSE_EVERY_MS, () => void tellPose());
  }

  link.onPacket(read);
  link.onConnection((connected) => {
    if (!connected || closed) return;
    outbox.report("status", { online: true, robot, version: options.version, startedAt: iso(startedAtMs) });
    tellState();
  });
  void tellPose();

  return {
    get leaseHeld() {
      return lease.holder !== undefined;
    },
    moving: (operator) => operations.moving(operator),
    read,
    async close() {
      closed = true;
      cancelPose();
      lease.close();
      endings.forEach((end) => end());
      skillDesk?.close();
      await voiceDesk?.close();
      outbox.report("status", { online: false, robot });
    },
  };
}

const TOPICS: Readonly<Record<Exclude<Letter["kind"], "refused" | "duplicate" | "ignored">, string>> = {
  stop: "stop",
  command: "command",
  answer: "answer",
  approval: "approval/response",
  lease: "lease",
  jog: "jog",
  arm: "arm",
  hold: "hold",
  resume: "resume",
  reset: "reset",
  "keep-out": "keep-out",
  audio: "audio",
  skill: "skill",
  "skill-cancel": "skill-cancel",
};
