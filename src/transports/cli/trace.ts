import type { EventSink } from "../../app/runtime.js";
import { formatAction } from "../../domain/action.js";
import type { Command } from "../../domain/command.js";
import type { HandeyeEvent } from "../../domain/event.js";
import type { Receipt } from "../../domain/receipt.js";
import type { Scene } from "../../domain/scene.js";
import type { Style } from "./style.js";

const LABEL_WIDTH = 9;

/** The mission as people read it while it runs: what is seen, planned, approved, commanded and known. */
export function createTrace({ write, style }: { write: (line: string) => void; style: Style }): EventSink {
  let lastSeen = "";
  const line = (timeMs: number, label: string, text: string): void => {
    const time = `${(timeMs / 1000).toFixed(1).padStart(6)} s`;
    write(`${style.dim(time)}  ${label.padEnd(LABEL_WIDTH)} ${text}`);
  };
  const more = (text: string): void => write(`${" ".repeat(LABEL_WIDTH + 11)}${text}`);

  return {
    publish(event: HandeyeEvent): void {
      switch (event.event) {
        case "mission-start":
          write(
            style.dim(
              `${event.robot} | seed ${event.seed ?? "-"} | planner ${event.planner} | eyes ${event.perception}`,
            ),
          );
          write(style.bold(event.instruction));
          return;
        case "scene": {
          const seen = describeScene(event.scene);
          if (seen !== lastSeen) line(event.timeMs, "sees", seen);
          lastSeen = seen;
          return;
        }
        case "plan":
          line(event.timeMs, style.cyan("plan".padEnd(LABEL_WIDTH)), event.rationale ?? "");
          for (const step of event.steps) more(formatAction(step));
          return;
        case "plan-verdict":
          line(
            event.timeMs,
            "safety",
            event.approved
              ? style.green("plan approved")
              : style.red(`plan refused: ${event.code} ${event.message ?? ""}`),
          );
          return;
        case "action-start":
          line(event.timeMs, `step ${event.step}`, style.bold(formatAction(event.action)));
          return;
        case "command":
          more(
            event.verdict === "sent"
              ? style.dim(formatCommand(event.command))
              : style.red(`${formatCommand(event.command)} refused: ${event.code} ${event.message ?? ""}`),
          );
          return;
        case "receipt":
          line(event.timeMs, "receipt", describeReceipt(event.receipt, style));
          return;
        case "say":
          line(event.timeMs, "says", `"${event.text}"`);
          return;
        case "ask":
          line(event.timeMs, style.yellow("asks".padEnd(LABEL_WIDTH)), event.question);
          for (const choice of event.choices) more(`- ${choice}`);
          return;
        case "answer":
          line(event.timeMs, "answer", event.text);
          return;
        case "note":
          line(
            event.timeMs,
            event.level === "warning" ? style.yellow("warning".padEnd(LABEL_WIDTH)) : "note",
            event.text,
          );
          return;
        case "mission-end": {
          const paint = event.outcome === "done" ? style.green : event.outcome === "stopped" ? style.yellow : style.red;
          const code = event.code === undefined ? "" : ` (${event.code})`;
          line(
            event.timeMs,
            paint(event.outcome.padEnd(LABEL_WIDTH)),
            `${paint(event.grade)}${code}: ${event.message}`,
          );
          for (const choice of event.question?.choices ?? []) more(`- ${choice}`);
          return;
        }
        case "state":
          return;
      }
    },
  };
}

function describeScene(scene: Scene): string {
  const labels = scene.detections.map((detection) => detection.label);
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const words = [...counts].map(([label, count]) => (count > 1 ? `${count} x ${label}` : label));
  const held = scene.held === undefined ? "" : `; in hand: ${scene.held.label}`;
  return `${labels.length} things: ${words.join(", ")}${held}`;
}

const metres = (position: readonly number[]): string => position.map((value) => value.toFixed(3)).join(" ");

function formatCommand(command: Command): string {
  switch (command.type) {
    case "move-tool":
      return `move-tool   x y z ${metres(command.poseInBase.position)} m  ${command.speedMps} m/s`;
    case "move-joints":
      return `move-joints ${command.positions.map((value) => value.toFixed(2)).join(" ")} rad`;
    case "set-gripper":
      return `set-gripper ${(command.widthM * 1000).toFixed(0)} mm  ${command.forceN} N`;
    case "move-base":
      return `move-base   x ${command.poseInOdom.xM.toFixed(2)} y ${command.poseInOdom.yM.toFixed(2)} m  yaw ${command.poseInOdom.yawRad.toFixed(2)} rad`;
    case "look":
      return `look        pan ${command.panRad.toFixed(2)} tilt ${command.tiltRad.toFixed(2)} rad`;
  }
}

function describeReceipt(receipt: Receipt, style: Style): string {
  const good = receipt.grade === "verified";
  const bad = receipt.grade === "refused" || receipt.grade === "failed";
  const paint = good ? style.green : bad ? style.red : style.yellow;
  const code = receipt.code === undefined ? "" : ` ${receipt.code}`;
  const text = receipt.message ?? receipt.evidence.note ?? "";
  return `${paint(`${receipt.action.action} ${receipt.grade}${code}`)}${text === "" ? "" : `: ${text}`}`;
}
