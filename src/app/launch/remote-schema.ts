import { z } from "zod";
import { ROLES } from "../../domain/remote/roles.js";

const operatorSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][\w.@-]{0,63}$/)
    .describe("Login at the broker, and the name in every message."),
  role: z
    .enum(ROLES)
    .describe("viewer: looks, and can stop; operator: commands, answers, approves; supervisor: also keep-out boxes."),
  passwordEnv: z
    .string()
    .optional()
    .describe("Environment variable with the password, for the broker in this process. Without one, loopback only."),
});

const brokerSchema = z.strictObject({
  url: z
    .url({ protocol: /^(mqtts?|wss?)$/ })
    .optional()
    .describe("Your broker: mqtt://, mqtts://, ws:// or wss://. Absent: a broker in this process. --broker sets it."),
  usernameEnv: z.string().optional().describe("Environment variable with the robot's login there."),
  passwordEnv: z.string().optional().describe("Environment variable with the robot's password there."),
  caFile: z.string().optional().describe("PEM file of the authority that signed the broker's certificate."),
  certFile: z.string().optional().describe("PEM file of this robot's own certificate."),
  keyFile: z.string().optional().describe("PEM file of this robot's own key."),
  protocolVersion: z
    .union([z.literal(4), z.literal(5)])
    .default(5)
    .describe("MQTT 5, or 4 for a broker that speaks only 3.1.1."),
});

/** How people far away reach the robot: `handeye serve`. */
export const remoteSchema = z.strictObject({
  broker: brokerSchema.prefault({}).describe("Where messages go."),
  operators: z
    .array(operatorSchema)
    .max(256)
    .default([])
    .describe("Who may do what. Empty: on loopback, whoever reaches this machine is `defaultRole`."),
  robots: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]*$/)
          .describe("The other robot's `robot.id`; its login is `robot-<id>`."),
        passwordEnv: z.string().describe("Environment variable with its password."),
      }),
    )
    .max(1024)
    .default([])
    .describe("Other robots that may link to the broker in this process, once operators are listed."),
  defaultRole: z
    .enum(ROLES)
    .default("supervisor")
    .describe("Role of names that are not listed, while no operators are listed and the broker is on this machine."),
  identity: z
    .enum(["claimed", "topic"])
    .optional()
    .describe(
      "topic: only messages on `<topic>/from/<login>` count, which your broker's rules keep to their owners. claimed: the name in the message counts. Default: claimed for the broker in this process (which checks it against the login), topic for yours.",
    ),
  requireLease: z
    .boolean()
    .optional()
    .describe(
      "Commands only from who holds the lease with heartbeats. Default: true on hardware, false in the simulator.",
    ),
  leaseTimeoutS: z
    .number()
    .positive()
    .default(3)
    .describe("A driver who is silent for longer loses the lease, and the robot holds."),
  cameraFps: z.number().min(1).max(30).default(15).describe("Pictures a second for operators."),
});
export type Remote = z.infer<typeof remoteSchema>;
