import { z } from "zod";
import { baseUrlSchema } from "../../adapters/model-link/config-fields.js";
import { moderationConfigSchema } from "../../adapters/moderation/config-schema.js";
import { conventionRuleSchema } from "../../planning/model/convention-table.js";
import { safetyLimitsSchema } from "../../safety/limits.js";
import { perceptionSchema } from "./perception-schema.js";
import { plannerSchema } from "./planner-schema.js";
import { remoteSchema } from "./remote-schema.js";
import { roomSchema } from "./room-schema.js";
import { skillsSchema } from "./skills/skills-schema.js";
import { speechSchema } from "./speech-schema.js";

const simRobotSchema = z.strictObject({
  type: z.literal("sim").describe("The built-in MuJoCo simulator."),
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .default("sim-1")
    .describe("Name of this robot, also in topics."),
  scene: z.enum(["kitchen", "tabletop"]).default("kitchen").describe("Which built-in scene."),
  seed: z.int().min(0).default(1).describe("What is in the scene, where, in which colours and light. --seed sets it."),
  rate: z
    .union([z.literal("fast"), z.number().positive()])
    .default("fast")
    .describe('Simulated seconds per real second, or "fast" for as fast as the machine can.'),
});

const rosRobotSchema = z.strictObject({
  type: z.literal("ros").describe("A robot in a ROS graph, over rosbridge."),
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .default("ros-1")
    .describe("Name of this robot, also in topics."),
  url: z
    .string()
    .regex(/^wss?:\/\/./, "expected ws://host:port or wss://host:port")
    .default("ws://127.0.0.1:9090")
    .describe("Address of the rosbridge."),
  version: z
    .union([z.literal(1), z.literal(2)])
    .default(2)
    .describe("ROS 1 or ROS 2."),
  profile: z
    .string()
    .describe("Which topics, actions and frames are what: a file, or the name of one in launch/profiles."),
  requireLease: z
    .boolean()
    .default(true)
    .describe("Whether a watchdog beside the robot has to follow this program's heartbeat. --no-lease clears it."),
});

const headCameraSchema = z.strictObject({
  depth: z
    .enum(["sensor", "none"])
    .default("sensor")
    .describe('Whether the head camera measures depth; "none" leaves depth to the on-board model.'),
  maxAgeMs: z.number().positive().default(1_000).describe("A picture older than this is refused."),
  calibrationCheck: z
    .enum(["refuse", "warn", "off"])
    .default("refuse")
    .describe(
      "What is done when surfaces that should be level seem to slope, as they do where the focal length or the camera's pose is wrong. Told from 2 degrees on; refused from 4.5.",
    ),
});

const missionSchema = z.strictObject({
  maxSteps: z.int().positive().default(40).describe("Moving actions in one mission."),
  maxReplans: z.int().nonnegative().default(8).describe("New plans after failed or refused steps."),
  maxWallTimeS: z
    .number()
    .positive()
    .default(600)
    .describe("Seconds of the mission's clock until it fails with timeout."),
  planTimeoutS: z.number().positive().default(60).describe("Seconds that one plan may take."),
  approvalTimeoutS: z
    .number()
    .positive()
    .default(60)
    .describe("Seconds that an approval waits for a person; after that the answer is no."),
  stepTimeoutS: z.number().positive().default(120).describe("Seconds that one action may take."),
});

const telemetrySchema = z.strictObject({
  video: z.string().optional().describe("Path of the mission's MP4. --video sets it."),
  record: z.string().optional().describe("Path of the mission's MCAP recording. --record sets it."),
  recordFps: z
    .number()
    .positive()
    .max(30)
    .default(5)
    .describe("Pictures, joints and tool poses per second of the mission's clock in the recording."),
  rotate: z
    .strictObject({
      megabytes: z.number().positive().default(1024).describe("A recording this large is followed by a new file."),
      minutes: z.number().positive().default(60).describe("One this old too."),
    })
    .prefault({})
    .describe("How long one file of a recording gets; the next is run-002.mcap. It changes between missions."),
  minFreeMb: z
    .number()
    .min(0)
    .default(500)
    .describe("When less is free on the disk, the recording ends with a warning; the robot goes on."),
  plannerTrace: z
    .string()
    .optional()
    .describe("Folder for prompt, picture and raw answer of every turn of a model planner. --planner-trace sets it."),
  videoFps: z.int().min(1).max(30).default(10).describe("Pictures per second of simulated time in the video."),
});

const moderationSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none").describe("Nobody: words go through.") }),
  ...moderationConfigSchema.options,
]);

/** One runnable stack: which robot, eyes, planner, limits. Every field has a default but `robot`. */
export const launchSchema = z.strictObject({
  $schema: z.string().optional().describe("For editors."),
  robot: z.discriminatedUnion("type", [simRobotSchema, rosRobotSchema]).describe("The body."),
  cameras: z
    .strictObject({ head: headCameraSchema.prefault({}).describe("The camera on the mast.") })
    .prefault({})
    .describe("Where pictures come from."),
  perception: perceptionSchema.prefault({ type: "onboard" }).describe("Who finds things in pictures."),
  room: roomSchema.prefault({}),
  planner: plannerSchema.prefault({ type: "onboard" }).describe("Who turns the instruction into actions."),
  conventions: z
    .array(conventionRuleSchema)
    .max(64)
    .default([])
    .describe("How models write points in a picture, for models that are not known; tried before the built-in table."),
  moderation: moderationSchema
    .prefault({ type: "none" })
    .describe("Who judges words: instructions before they are planned, and what is said and asked."),
  modelMirror: baseUrlSchema
    .optional()
    .describe("Hub from which models are pulled in place of huggingface.co; HANDEYE_MODEL_MIRROR sets it too."),
  offline: z.boolean().default(false).describe("Refuses every back end that is not on this machine."),
  mission: missionSchema.prefault({}).describe("When a mission has had enough."),
  safety: safetyLimitsSchema.prefault({}).describe("What is never done, whoever asks. No model can change it."),
  telemetry: telemetrySchema.prefault({}).describe("What is left behind for people."),
  remote: remoteSchema.prefault({}).describe("How people far away reach the robot."),
  speech: speechSchema.prefault({}).describe("How the robot hears and speaks."),
  skills: skillsSchema.prefault({}).describe("What the robot does besides acting, and who does it."),
  stateDir: z
    .string()
    .optional()
    .describe("Folder for snapshots, memory and recordings; default: the platform's folder for user state."),
});
export type Launch = z.infer<typeof launchSchema>;
