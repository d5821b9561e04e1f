import { z } from "zod";
import { INBOUND_SCHEMAS } from "../../domain/remote/messages.js";
import { OUTBOUND_SCHEMAS, SKILL_SCHEMAS } from "../../domain/remote/reports.js";
import { NEEDED } from "../../domain/remote/roles.js";

type Inbound = keyof typeof INBOUND_SCHEMAS;
type Outbound = keyof typeof OUTBOUND_SCHEMAS;

const SKILL_TOPICS: Readonly<Record<string, string>> = {
  skill: "skill/<name>/request",
  "skill-cancel": "skill/<name>/cancel",
};

const FROM_OPERATORS: Readonly<Record<Inbound, string>> = {
  command: "An instruction, or one action that a person chose. Answered once on `response`; nothing is queued.",
  answer: "To a `question` of the robot.",
  "approval/response": "To an `approval/request`: counts for the very action that the digest stands for.",
  lease: "Heartbeats of who drives, at least one a second. Silence loses the lease, and the robot holds.",
  jog: "Hold to move: one message every 100 ms while the key is down. Each counts for 300 ms.",
  arm: "A person's word that a robot on hardware may move; in the simulator a command is enough.",
  hold: "Interrupts the motion; the mission waits.",
  resume: "Looks and plans anew, and goes on.",
  reset: "Clears a stop.",
  "keep-out": "Sets the keep-out boxes. Supervisors only.",
  audio: "Push to talk: this header, framed as below, and a WAV file.",
  skill:
    "Runs a skill. Answered once on `response`, whether it was taken, and once on `skill/<name>/response`, what came of it.",
  "skill-cancel": "Calls off a request of one's own; supervisors also those of others.",
};

const FROM_ROBOT: Readonly<Record<Outbound, string>> = {
  status: "Retained; the last will is `online: false`.",
  state: "Retained. On every change.",
  pose: "Five times a second.",
  overlay: "After every look.",
  response: "What became of a message. Duplicates get none.",
  "approval/request": "An action that waits for a person, and, with `waiting: false`, that it waits no more.",
  question: "A question that waits for a person, and, with `waiting: false`, that it waits no more.",
  transcript: "What was heard, before anything comes of it.",
};

/** docs/reference/mqtt.md: every topic with its JSON schema. */
export function mqttMarkdown(): string {
  return [
    "# MQTT",
    "",
    "Made from the schemas by `npm run docs`. Every topic is below `handeye/<robot>/`, where `<robot>` is `robot.id` of the launch file.",
    "Times are ISO 8601, lengths metres, angles radians; see [remote operation](../guide/remote.md) for how it is used.",
    "",
    "## Rules",
    "",
    "- `operator` is the login. On a broker with rules of its own, messages count only on `<topic>/from/<login>`.",
    "- A message counts once by its `id`. An expired one, a retained one, and one from before the robot's program started are refused.",
    "- Clocks may differ: the robot learns by how much from `lease` heartbeats. Without any, 5 s are forgiven.",
    "- At most 64 KB (`audio` and `skill/<name>/request`: 4 MB). Unknown fields are refused.",
    "- `stop` needs nothing: its arrival is the message, from any login, retained or not. It latches until `reset`.",
    "",
    "## Binary topics",
    "",
    "| topic | bytes |",
    "| --- | --- |",
    "| `camera/<name>` | capture time, Unix ms (u64), sequence (u32), both big-endian; then a JPEG |",
    "| `depth/<name>` | capture time (u64), sequence (u32), width, height (u16 each), big-endian; then width x height millimetres, u16 little-endian, 0 = no reading |",
    "| `audio`, `speech` | length of the header (u32, big-endian), the header as JSON, then a WAV file; of `speech` the header is `text`, `at` and which `speaker` it came from |",
    "| `event/<name>` | JSON: one event of the mission, as `handeye run --json` prints it, with `at` and `missionId` |",
    "",
    "## From operators",
    "",
    ...(Object.keys(INBOUND_SCHEMAS) as Inbound[]).flatMap((name) =>
      section(SKILL_TOPICS[name] ?? name, FROM_OPERATORS[name], INBOUND_SCHEMAS[name], NEEDED[name]),
    ),
    "## From the robot",
    "",
    ...(Object.keys(OUTBOUND_SCHEMAS) as Outbound[]).flatMap((name) =>
      section(name, FROM_ROBOT[name], OUTBOUND_SCHEMAS[name]),
    ),
    ...section(
      "skill/<name>/response",
      "What came of a request, once. Output of more than 64 KB is a file: `outputFile` names it. Files are named by `path` on the robot's machine and by `url` of its web server.",
      SKILL_SCHEMAS.response,
    ),
    ...section(
      "skill/<name>/progress",
      "How far a request has come, at most five times a second.",
      SKILL_SCHEMAS.progress,
    ),
  ].join("\n");
}

function section(topic: string, text: string, schema: z.ZodType, role?: string): string[] {
  const json = JSON.stringify(z.toJSONSchema(schema, { io: "input" }), null, 2);
  const needed = role === undefined ? "" : ` Least role: ${role}.`;
  return [`### \`${topic}\``, "", `${text}${needed}`, "", "```json", json, "```", ""];
}
