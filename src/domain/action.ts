import { z } from "zod";

const finite = z.number().refine(Number.isFinite, "expected a finite number");

/** A thing or place that the planner points at: DESIGN words: x, y 0..1 over the frame, z metres along the optical axis. */
export const targetSchema = z.strictObject({
  label: z.string().min(1).max(120).describe("what it is, in words, for example: green bag"),
  detectionId: z.string().max(40).optional().describe("id of the detection meant; must be one of the scene's"),
  x: finite.min(0).max(1).describe("0 = left edge, 1 = right edge of the picture"),
  y: finite.min(0).max(1).describe("0 = top edge, 1 = bottom edge of the picture"),
  z: finite.min(0).max(20).describe("metres along the optical axis"),
});
export type Target = z.infer<typeof targetSchema>;

/** How a destination is meant: into a container, on a surface or thing, beside a thing, or exactly at the point. */
export const placementSchema = z.enum(["in", "on", "beside", "at"]);
export type Placement = z.infer<typeof placementSchema>;
export const destinationSchema = targetSchema.extend({
  placement: placementSchema.optional().describe("in, on, beside or at; default: at"),
});
export type Destination = z.infer<typeof destinationSchema>;

const text = z.string().min(1).max(500);

export const actionSchema = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("approach"), target: targetSchema }),
  z.strictObject({ action: z.literal("grasp"), target: targetSchema }),
  z.strictObject({ action: z.literal("move"), from: targetSchema, to: destinationSchema }),
  z.strictObject({ action: z.literal("place"), to: destinationSchema }),
  z.strictObject({ action: z.literal("release") }),
  z.strictObject({ action: z.literal("open"), target: targetSchema }),
  z.strictObject({ action: z.literal("close"), target: targetSchema }),
  z.strictObject({ action: z.literal("push"), from: targetSchema, to: targetSchema }),
  z.strictObject({
    action: z.literal("look"),
    at: z.union([targetSchema, z.enum(["left", "right", "up", "down", "home"])]),
  }),
  z.strictObject({ action: z.literal("wait"), seconds: finite.min(0).max(60) }),
  z.strictObject({ action: z.literal("say"), text }),
  z.strictObject({ action: z.literal("ask"), question: text, choices: z.array(z.string().max(120)).max(9) }),
  z.strictObject({ action: z.literal("done"), evidence: text }),
  z.strictObject({ action: z.literal("give-up"), reason: text }),
]);
export type Action = z.infer<typeof actionSchema>;
export type ActionName = Action["action"];

/** Actions that can move the robot's arm, gripper or base. */
export const MOVING_ACTIONS = ["approach", "grasp", "move", "place", "release", "open", "close", "push"] as const;
export const isMoving = (action: Action): boolean => (MOVING_ACTIONS as readonly string[]).includes(action.action);

const coordinates = (t: Target): string => `${t.x.toFixed(2)}, ${t.y.toFixed(2)}, ${t.z.toFixed(2)} "${t.label}"`;

/** `approach(0.42, 0.61, 0.83 "green bag")`: the form that people read. */
export function formatAction(action: Action): string {
  switch (action.action) {
    case "approach":
    case "grasp":
    case "open":
    case "close":
      return `${action.action}(${coordinates(action.target)})`;
    case "move":
      return `move(${coordinates(action.from)} -> ${action.to.placement ?? "at"} ${coordinates(action.to)})`;
    case "place":
      return `place(${action.to.placement ?? "at"} ${coordinates(action.to)})`;
    case "push":
      return `push(${coordinates(action.from)} -> ${coordinates(action.to)})`;
    case "release":
      return "release()";
    case "look":
      return `look(${typeof action.at === "string" ? action.at : coordinates(action.at)})`;
    case "wait":
      return `wait(${action.seconds} s)`;
    case "say":
      return `say("${action.text}")`;
    case "ask":
      return `ask("${action.question}"${action.choices.length > 0 ? ` ${action.choices.join(" | ")}` : ""})`;
    case "done":
      return `done("${action.evidence}")`;
    case "give-up":
      return `give-up("${action.reason}")`;
  }
}
