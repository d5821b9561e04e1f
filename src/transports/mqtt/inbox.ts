import { unframeSound } from "../../domain/remote/framing.js";
import {
  INBOUND_SCHEMAS,
  type AnswerMessage,
  type ApprovalResponse,
  type AudioHeader,
  type CommandMessage,
  type JogMessage,
  type KeepOutMessage,
  type LeaseMessage,
  type SkillCancel,
  type SkillRequest,
} from "../../domain/remote/messages.js";
import { mayDo, NEEDED, type Role } from "../../domain/remote/roles.js";
import { parseInbound, type InboundAddress } from "../../domain/remote/topics.js";
import type { ClockOffsets } from "./clock-offsets.js";

export interface Packet {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** True for a message that the broker kept from before this robot subscribed. */
  readonly retain: boolean;
}

export type RefusalCode =
  | "too-large"
  | "malformed"
  | "retained"
  | "expired"
  | "clock-skew"
  | "expires-too-late"
  | "unknown-operator"
  | "not-allowed"
  | "wrong-identity";

interface From {
  readonly operator: string;
  readonly role: Role;
}

/** What an inbound message comes to. Nothing here has had an effect yet. */
export type Letter =
  | { readonly kind: "stop" }
  | (From & { readonly kind: "command"; readonly message: CommandMessage })
  | (From & { readonly kind: "answer"; readonly message: AnswerMessage })
  | (From & { readonly kind: "approval"; readonly message: ApprovalResponse })
  | (From & { readonly kind: "lease"; readonly message: LeaseMessage })
  | (From & { readonly kind: "jog"; readonly message: JogMessage })
  | (From & { readonly kind: "arm" | "hold" | "resume" | "reset"; readonly reason?: string; readonly id: string })
  | (From & { readonly kind: "keep-out"; readonly message: KeepOutMessage })
  | (From & { readonly kind: "audio"; readonly message: AudioHeader; readonly wav: Uint8Array })
  | (From & { readonly kind: "skill"; readonly skill: string; readonly message: SkillRequest })
  | (From & { readonly kind: "skill-cancel"; readonly skill: string; readonly message: SkillCancel })
  | {
      readonly kind: "refused";
      readonly address: InboundAddress;
      readonly code: RefusalCode;
      readonly message: string;
      readonly id?: string;
      readonly operator?: string;
    }
  /** Came before; it was answered then. */
  | { readonly kind: "duplicate"; readonly id: string }
  /** Not for this robot. */
  | { readonly kind: "ignored" };

export interface InboxOptions {
  readonly robot: string;
  /** Unix time, milliseconds. */
  readonly nowMs: () => number;
  readonly offsets: ClockOffsets;
  /** The role of a login; undefined for one that is not known here. */
  readonly roleOf: (operator: string) => Role | undefined;
  /**
   * `claimed`: the broker made sure that `operator` is the login (the embedded broker does) or everybody is trusted;
   * `topic`: only messages on `<topic>/from/<login>` count, which a broker's rules keep to their owners.
   */
  readonly identity: "claimed" | "topic";
  /** Unix time at which this robot began to listen: what was meant for an earlier run is not carried out by this one. */
  readonly startedAtMs: number;
}

const MOST_BYTES = 64 * 1024;
/** Sounds, and what skills are given: pictures as base64. */
const MOST_MEDIA_BYTES = 4 * 1024 * 1024;
/** A minute of clock error is told apart from a message that is old by the heartbeats; without them only this much is forgiven. */
const FORGIVEN_SKEW_MS = 5_000;
const LONGEST_LIFE_MS = 10 * 60_000;
const REMEMBERED = 4096;

/** Reads inbound messages: pure apart from the ids that it remembers and the clocks that it learns. Throws for nothing. */
export function createInbox(options: InboxOptions): (packet: Packet) => Letter {
  const seen = new Set<string>();

  function isDuplicate(key: string): boolean {
    if (seen.has(key)) return true;
    seen.add(key);
    const oldest = seen.values().next();
    if (seen.size > REMEMBERED && oldest.done !== true) seen.delete(oldest.value);
    return false;
  }

  return (packet) => {
    const address = parseInbound(options.robot, packet.topic);
    if (address === undefined) return { kind: "ignored" };
    // A stop counts whatever it says, whoever says it, and however old it is: to stand still is always right.
    if (address.name === "stop") return { kind: "stop" };

    let named: { id?: string; operator?: string } = {};
    const refuse = (code: RefusalCode, message: string): Letter => ({
      kind: "refused",
      address,
      code,
      message,
      ...named,
    });

    const most = address.name === "audio" || address.name === "skill" ? MOST_MEDIA_BYTES : MOST_BYTES;
    if (packet.payload.length > most) {
      return refuse("too-large", `Expected at most ${most} bytes, found ${packet.payload.length}.`);
    }
    const sound = address.name === "audio" ? unframeSound(packet.payload) : undefined;
    const text = address.name === "audio" ? sound?.header : decode(packet.payload);
    const json = text === undefined ? undefined : parse(text);
    if (json === undefined) return refuse("malformed", "Expected JSON in UTF-8; see docs/reference/mqtt.md.");
    named = namesIn(json);
    const parsed = INBOUND_SCHEMAS[address.name].safeParse(json);
    if (!parsed.success) {
      const issues = parsed.error.issues
        .slice(0, 5)
        .map((issue) => `${issue.path.join(".") || "it"}: ${issue.message}`);
      return refuse("malformed", `The message does not fit: ${issues.join("; ")}.`);
    }
    const message = parsed.data;

    if (packet.retain) {
      return refuse("retained", "Retained messages are never carried out: send it without the retain flag.");
    }
    const who = identify(address, message.operator);
    if (!who.ok) return refuse(who.code, who.message);
    if (!mayDo(who.role, NEEDED[address.name])) {
      return refuse("not-allowed", `${message.operator} is ${who.role}; this needs ${NEEDED[address.name]}.`);
    }
    const from: From = { operator: message.operator, role: who.role };
    const nowMs = options.nowMs();
    const sentAtMs = Date.parse(message.sentAt);

    if (address.name === "lease") {
      options.offsets.learn(message.operator, sentAtMs, nowMs);
      return { kind: "lease", ...from, message: message as LeaseMessage };
    }
    const offsetMs = options.offsets.of(message.operator);
    const late = lateness({ sentAtMs, nowMs, offsetMs, startedAtMs: options.startedAtMs, ...expiryOf(message) });
    if (late !== undefined) return refuse(...late);
    if (address.name === "jog") return { kind: "jog", ...from, message: message as JogMessage };
    // Refused messages are not remembered: they may be put right and sent again.
    const id = "id" in message ? message.id : "";
    if (isDuplicate(`${address.name} ${message.operator} ${id}`)) return { kind: "duplicate", id };

    switch (address.name) {
      case "command":
        return { kind: "command", ...from, message: message as CommandMessage };
      case "answer":
        return { kind: "answer", ...from, message: message as AnswerMessage };
      case "approval/response":
        return { kind: "approval", ...from, message: message as ApprovalResponse };
      case "keep-out":
        return { kind: "keep-out", ...from, message: message as KeepOutMessage };
      case "audio":
        return { kind: "audio", ...from, message: message as AudioHeader, wav: sound?.wav ?? new Uint8Array() };
      case "skill":
        return { kind: "skill", ...from, skill: address.skill ?? "", message: message as SkillRequest };
      case "skill-cancel":
        return { kind: "skill-cancel", ...from, skill: address.skill ?? "", message: message as SkillCancel };
      case "arm":
      case "hold":
      case "resume":
      case "reset": {
        const { reason } = message as { reason?: string };
        return { kind: address.name, ...from, id, ...(reason === undefined ? {} : { reason }) };
      }
    }
  };

  function identify(
    address: InboundAddress,
    operator: string,
  ): { ok: true; role: Role } | { ok: false; code: RefusalCode; message: string } {
    if (address.from !== undefined && address.from !== operator) {
      const message = `The topic says ${address.from}, the message ${operator}.`;
      return { ok: false, code: "wrong-identity", message };
    }
    if (options.identity === "topic" && address.from === undefined) {
      const message = `This broker's messages count only on ${address.name}/from/<login>, which its rules keep to their owners.`;
      return { ok: false, code: "wrong-identity", message };
    }
    const role = options.roleOf(operator);
    if (role !== undefined) return { ok: true, role };
    const message = `${operator} is not among the launch file's remote.operators.`;
    return { ok: false, code: "unknown-operator", message };
  }
}

interface Times {
  readonly sentAtMs: number;
  readonly expiresAtMs?: number;
  readonly nowMs: number;
  readonly offsetMs: number | undefined;
  readonly startedAtMs: number;
}

/** Why a message is too old, or too far in the future, to be carried out. */
function lateness({ sentAtMs, expiresAtMs, nowMs, offsetMs, startedAtMs }: Times): [RefusalCode, string] | undefined {
  const sent = sentAtMs + (offsetMs ?? 0);
  const advice =
    offsetMs === undefined ? " Send a heartbeat on `lease` first, so that the difference of the clocks is known." : "";
  if (sent > nowMs + FORGIVEN_SKEW_MS) {
    const seconds = Math.round((sent - nowMs) / 1000);
    return ["clock-skew", `It was sent ${seconds} s in the future by this robot's clock.${advice}`];
  }
  const expires = expiresAtMs === undefined ? sent + JOG_LIFE_MS : expiresAtMs + (offsetMs ?? 0);
  if (expiresAtMs !== undefined && expiresAtMs - sentAtMs > LONGEST_LIFE_MS) {
    return ["expires-too-late", `It stays valid for over ${LONGEST_LIFE_MS / 60_000} min; send it when it is meant.`];
  }
  if (expires <= nowMs) {
    return ["expired", `It expired ${((nowMs - expires) / 1000).toFixed(1)} s ago by this robot's clock.${advice}`];
  }
  if (sent < startedAtMs - FORGIVEN_SKEW_MS) {
    return ["expired", `It was sent before this robot's program started; send it again if it is still meant.${advice}`];
  }
  return undefined;
}

/** A press that was on its way for longer says nothing about a finger that is still down. */
const JOG_LIFE_MS = 500;

const expiryOf = (message: object): { expiresAtMs?: number } =>
  "expiresAt" in message && typeof message.expiresAt === "string" ? { expiresAtMs: Date.parse(message.expiresAt) } : {};

function decode(payload: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(payload);
  } catch {
    return undefined;
  }
}

/** The JSON value; undefined when it is none, or is nothing that could be a message. */
function parse(text: string): object | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Id and sender of a message that is refused, as far as they can be read, so that the sender learns which one it was. */
function namesIn(json: object): { id?: string; operator?: string } {
  const read = (key: "id" | "operator"): Record<string, string> => {
    const value = (json as Record<string, unknown>)[key];
    return typeof value === "string" && value.length <= 80 ? { [key]: value } : {};
  };
  return { ...read("id"), ...read("operator") };
}
