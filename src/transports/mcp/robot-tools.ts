import { missionJsonSchema } from "../../app/mission-json-schema.js";
import type { Runtime } from "../../app/runtime.js";
import { formatAction } from "../../domain/action.js";
import type { HandeyeEvent } from "../../domain/event.js";
import type { MissionResult } from "../../domain/mission.js";
import type { CallToolResult, Tool } from "@modelcontextprotocol/sdk/types.js";
import { plainSchema } from "./plain-schema.js";

export interface RobotToolsOptions {
  /** The robot; started when it is first needed. */
  readonly runtime: () => Promise<Runtime>;
  /** The robot where it is up already. */
  readonly running: () => Runtime | undefined;
  /** Why missions may not be started now, where others drive the same robot. */
  readonly mayMove?: () => { readonly code: string; readonly message: string } | undefined;
  /** Told that a mission begins; what it returns is called when the mission is over. */
  readonly onMission?: () => () => void;
  /** What a person does to let a robot move that was stopped, as a sentence. */
  readonly howToReset: string;
}

export interface CallContext {
  readonly signal: AbortSignal;
  readonly progress: (message: string, fraction?: number) => void;
}

/** The robot itself as tools: missions, its state, and stop. There is none for approving anything. */
export interface RobotTools {
  readonly tools: readonly Tool[];
  call(
    name: string,
    input: Readonly<Record<string, unknown>>,
    context: CallContext,
  ): Promise<CallToolResult> | undefined;
}

const MOST_INSTRUCTION = 2000;

export function createRobotTools({ runtime, running, mayMove, onMission, howToReset }: RobotToolsOptions): RobotTools {
  const tools: readonly Tool[] = [
    {
      name: "run_mission",
      description:
        'Has the robot carry out an instruction in English or Chinese, such as "put the red mug in the sink": it looks, plans, checks, acts, and looks again. Takes from seconds to minutes; progress tells every step. Only outcome `done` with grade `verified` is a success; a question is answered without moving, with grade `observed`. Steps that need a person\'s approval wait for that person; you cannot approve them. Cancelling stops the robot, and a person has to reset it before it moves again.',
      inputSchema: {
        type: "object",
        properties: {
          instruction: { type: "string", minLength: 1, maxLength: MOST_INSTRUCTION, description: "What to do." },
        },
        required: ["instruction"],
        additionalProperties: false,
      },
      outputSchema: plainSchema(missionJsonSchema()),
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    },
    {
      name: "stop_robot",
      description: "Stops the robot at once. Safe at any time. A person has to reset it before it moves again.",
      inputSchema: { type: "object", properties: {}, additionalProperties: false },
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
    },
    {
      name: "robot_state",
      description:
        "What the robot is doing, whether it is stopped, where its tool is (base frame, metres), and which actions a person must approve.",
      inputSchema: { type: "object", properties: {}, additionalProperties: false },
      annotations: { readOnlyHint: true },
    },
  ];

  const reset = ({ code, message }: { readonly code?: string | undefined; readonly message: string }): string =>
    code === "stopped" ? `${message} ${howToReset}` : message;

  async function runMission(instruction: unknown, { signal, progress }: CallContext): Promise<CallToolResult> {
    if (typeof instruction !== "string" || instruction.trim() === "" || instruction.length > MOST_INSTRUCTION) {
      return failed("bad-input", `Expected an instruction of 1 to ${MOST_INSTRUCTION} characters.`);
    }
    const robot = await runtime();
    // Nothing is waited for from here until the mission has begun: of two who ask at once, one is told that the other was first.
    const refusal = mayMove?.();
    if (refusal !== undefined) return failed(refusal.code, reset(refusal));
    if (signal.aborted) return failed("aborted", "It was called off before it began.");
    if (UNDER_WAY.has(robot.state.task)) return failed("busy", "A mission is running; wait for its end or stop it.");
    const over = onMission?.();
    const end = robot.subscribe({
      publish(event) {
        const text = told(event);
        if (text !== undefined) progress(text);
      },
    });
    try {
      const result = await robot.run(instruction, { signal });
      // `observed` is the answer to a question, which claims no deed.
      const isDone = result.outcome === "done" && (result.grade === "verified" || result.grade === "observed");
      return {
        content: [{ type: "text", text: reset({ code: result.code, message: summary(result) }) }],
        structuredContent: JSON.parse(JSON.stringify(result, withoutMasks)) as Record<string, unknown>,
        isError: !isDone,
      };
    } finally {
      end();
      over?.();
    }
  }

  async function tellState(): Promise<CallToolResult> {
    const robot = await runtime();
    const { toolPoseInBase, basePoseInOdom, gripper, stopped } = await robot.robotState();
    const { approve, keepOut } = robot.limits();
    const state = {
      robot: robot.launch.robot.id,
      kind: robot.launch.robot.type,
      ...robot.state,
      stopped,
      toolPositionM: toolPoseInBase.position,
      base: basePoseInOdom,
      gripper,
      approve,
      keepOut: keepOut.map(({ name }) => name),
    };
    return { content: [{ type: "text", text: JSON.stringify(state) }], structuredContent: { ...state } };
  }

  return {
    tools,
    call(name, input, context) {
      switch (name) {
        case "run_mission":
          return runMission(input["instruction"], context);
        case "stop_robot":
          running()?.stop();
          return Promise.resolve({
            content: [
              { type: "text", text: `Stopped. The robot stands still until a person resets it. ${howToReset}` },
            ],
          });
        case "robot_state":
          return tellState();
        default:
          return undefined;
      }
    },
  };
}

const UNDER_WAY = new Set(["perceiving", "planning", "approving", "awaiting-operator", "executing", "verifying"]);

/** A failure as a tool tells it: its code first, for programs. */
export const failed = (
  code: string,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): CallToolResult => ({
  content: [{ type: "text", text: `${code}: ${message}` }],
  isError: true,
  _meta: { "handeye/code": code, ...more },
});

const summary = ({ outcome, grade, code, message, question }: MissionResult): string =>
  [
    `${outcome} (${grade}${code === undefined ? "" : `, ${code}`}): ${message}`,
    ...(question === undefined ? [] : [`The robot asks: ${question.text} ${question.choices.join(", ")}`]),
  ].join("\n");

/** Masks are large, and nobody far away can use them. */
const withoutMasks = (key: string, value: unknown): unknown => (key === "mask" ? undefined : value);

function told(event: HandeyeEvent): string | undefined {
  switch (event.event) {
    case "mission-start":
      return `Begins: ${event.instruction}`;
    case "plan":
      return `Plan: ${event.steps.map(formatAction).join(", ")}`;
    case "plan-verdict":
      return event.approved ? undefined : `The plan was refused: ${event.message ?? event.code}`;
    case "action-start":
      return `Step ${event.step}: ${formatAction(event.action)}`;
    case "receipt":
      return [`Step ${event.receipt.step}: ${event.receipt.grade}`, event.receipt.message].filter(Boolean).join(". ");
    case "say":
    case "note":
      return event.text;
    case "ask":
      return `Asks: ${event.question}`;
    case "state":
      return event.state === "awaiting-operator" ? "Waits for a person." : undefined;
    case "scene":
    case "command":
    case "answer":
    case "mission-end":
      return undefined;
  }
}
