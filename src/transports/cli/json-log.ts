import type { EventSink } from "../../app/runtime.js";
import { formatAction } from "../../domain/action.js";
import type { HandeyeEvent } from "../../domain/event.js";

export type LogLevel = "debug" | "info" | "warn" | "error";

export interface JsonLogOptions {
  readonly write: (line: string) => void;
  /** Unix time, milliseconds. */
  readonly nowMs: () => number;
  readonly robot: string;
}

/** One JSON object a line: `time` (ISO 8601), `level`, `robot`, `msg`, and beside them `event` and what is worth searching for. */
export interface JsonLog extends EventSink {
  line(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export function createJsonLog({ write, nowMs, robot }: JsonLogOptions): JsonLog {
  let mission = 0;
  const line: JsonLog["line"] = (level, message, fields = {}) => {
    write(JSON.stringify({ time: new Date(nowMs()).toISOString(), level, robot, msg: message, ...fields }));
  };

  return {
    line,
    publish(event: HandeyeEvent): void {
      if (event.event === "mission-start") mission += 1;
      const { level, message, ...fields } = describe(event);
      line(level, message, { event: event.event, mission, missionMs: Math.round(event.timeMs), ...fields });
    },
  };
}

type Entry = { readonly level: LogLevel; readonly message: string } & Readonly<Record<string, unknown>>;

/** Pictures, masks and coordinates stay in the recording: a log is for searching. */
function describe(event: HandeyeEvent): Entry {
  switch (event.event) {
    case "mission-start": {
      const { instruction, planner, perception, seed } = event;
      return { level: "info", message: `mission: ${instruction}`, instruction, planner, perception, seed };
    }
    case "state": {
      const { state, safety } = event;
      const level = safety === "stopped" ? "warn" : "debug";
      return { level, message: `${state}, ${safety}`, state, safety };
    }
    case "scene": {
      const labels = event.scene.detections.map(({ label }) => label);
      return { level: "debug", message: `sees ${labels.length} things`, labels, depth: event.scene.depthSource };
    }
    case "plan":
      return { level: "info", message: "plan", planner: event.planner, steps: event.steps.map(formatAction) };
    case "plan-verdict":
      return event.approved
        ? { level: "info", message: "plan approved" }
        : { level: "warn", message: `plan refused: ${event.message ?? ""}`, code: event.code };
    case "action-start":
      return { level: "info", message: formatAction(event.action), step: event.step };
    case "command":
      return event.verdict === "sent"
        ? { level: "debug", message: `${event.command.type} sent`, command: event.command.type }
        : {
            level: "warn",
            message: `${event.command.type} refused: ${event.message ?? ""}`,
            command: event.command.type,
            code: event.code,
          };
    case "receipt": {
      const { action, grade, step, code, message, evidence } = event.receipt;
      const level = grade === "failed" || grade === "refused" ? "warn" : "info";
      const text = message ?? evidence.note ?? "";
      return { level, message: `${action.action} ${grade}: ${text}`, step, action: action.action, grade, code };
    }
    case "say":
      return { level: "info", message: `says: ${event.text}` };
    case "ask":
      return { level: "info", message: `asks: ${event.question}`, choices: event.choices };
    case "answer":
      return { level: "info", message: `answer: ${event.text}` };
    case "note":
      return { level: event.level === "warning" ? "warn" : "info", message: event.text };
    case "mission-end": {
      const { outcome, grade, code, message } = event;
      const level = outcome === "failed" ? "error" : outcome === "done" ? "info" : "warn";
      return { level, message: `${outcome}: ${message}`, outcome, grade, code };
    }
  }
}
