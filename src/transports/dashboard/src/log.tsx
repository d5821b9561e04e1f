import { events } from "./store.js";
import { t } from "./words.js";

function line(event: (typeof events.value)[number]): string {
  switch (event.event) {
    case "say":
      return event.text;
    case "note":
      return event.text;
    case "state":
      return `${event.state} · ${event.safety}`;
    case "plan":
      return event.steps.map((step) => step.action).join(", ");
    case "plan-verdict":
      return event.approved ? "" : `${event.code ?? ""} ${event.message ?? ""}`;
    case "mission-start":
      return event.instruction;
    case "mission-end":
      return `${event.outcome} (${event.grade}) ${event.message}`;
    case "receipt":
      return `${event.receipt.action.action}: ${event.receipt.grade}`;
    case "ask":
      return event.question;
    case "answer":
      return event.text;
    case "action-start":
      return event.action.action;
    case "command":
    case "scene":
      return "";
  }
}

export function Log() {
  return (
    <details class="card">
      <summary>{t("events")}</summary>
      <ul class="log">
        {events.value.slice(-80).map((event, i) => (
          <li key={i}>
            <time>{(event.timeMs / 1000).toFixed(1)}</time> <b>{event.event}</b> {line(event)}
          </li>
        ))}
      </ul>
    </details>
  );
}
