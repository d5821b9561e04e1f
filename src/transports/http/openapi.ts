import type { SkillListing } from "../../app/skills/list-skills.js";
import { artefactJsonSchema, progressJsonSchema, responseJsonSchema } from "../../app/skills/skill-json-schemas.js";
import type { Route } from "./create-http-server.js";
import type { Gate } from "./gate.js";
import { sayJson } from "./say-json.js";

type Json = Readonly<Record<string, unknown>>;

export interface OpenApiOptions {
  readonly skills: readonly SkillListing[];
  readonly version: string;
  readonly robot: string;
  /** Whether names and passwords are needed. */
  readonly hasLogins: boolean;
}

/** The HTTP interface as an OpenAPI 3.1 document, its schemas those of the skills themselves. */
export function openApiDocument({ skills, version, robot, hasLogins }: OpenApiOptions): Json {
  const schemas: Record<string, unknown> = {};
  const add = (name: string, schema: Json): Json => {
    const { $schema: _dialect, $defs = {}, ...rest } = schema as { $schema?: string; $defs?: Record<string, Json> };
    for (const [key, def] of Object.entries($defs)) schemas[`${name}.${key}`] = moved(def, name);
    schemas[name] = moved(rest, name);
    return ref(name);
  };
  const artefact = add("Artefact", artefactJsonSchema());
  const response = add("SkillResponse", responseJsonSchema());
  const progress = add("SkillProgress", progressJsonSchema());
  const problem = add("Problem", {
    type: "object",
    required: ["code", "message"],
    properties: { code: { type: "string" }, message: { type: "string" } },
  });
  const listing = add("Skill", LISTING);
  const failures = {
    "400": answer("The body is no JSON.", problem),
    "401": answer("Name and password are missing or wrong.", problem),
    "403": answer("Not for this person, or from a page of another site.", problem),
    "404": answer("There is no such thing.", problem),
  };
  const paths: Record<string, unknown> = {
    "/skills": {
      get: {
        operationId: "listSkills",
        summary: "Every skill with its schemas and back ends",
        responses: {
          "200": answer("The skills.", {
            type: "object",
            required: ["robot", "skills"],
            properties: { robot: { type: "string" }, skills: { type: "array", items: listing } },
          }),
          "401": failures["401"],
          "403": failures["403"],
        },
      },
    },
    "/artefacts": {
      get: {
        operationId: "listArtefacts",
        summary: "What skills have made, the newest run first",
        responses: {
          "200": answer("The files.", {
            type: "object",
            required: ["artefacts"],
            properties: { artefacts: { type: "array", items: artefact } },
          }),
          "401": failures["401"],
          "403": failures["403"],
        },
      },
    },
    "/artefacts/{run}/{name}": {
      get: {
        operationId: "readArtefact",
        summary: "A file that a skill has made",
        parameters: [pathParameter("run", "Name of the run."), pathParameter("name", "Name of the file.")],
        responses: {
          "200": {
            description: "Its bytes.",
            headers: {
              "handeye-generated": {
                description: "`true` for what a generative model made up.",
                schema: { type: "string", enum: ["true"] },
              },
            },
            content: { "*/*": {} },
          },
          "401": failures["401"],
          "403": failures["403"],
          "404": failures["404"],
        },
      },
    },
  };
  for (const skill of skills) {
    const input = add(`${skill.name}.input`, skill.input);
    const output = add(`${skill.name}.output`, skill.output);
    paths[`/skills/${skill.name}`] = {
      get: {
        operationId: `describe-${skill.name}`,
        summary: `What ${skill.name} takes and gives`,
        responses: { "200": answer("The skill.", listing), "401": failures["401"], "403": failures["403"] },
      },
      post: {
        operationId: skill.name,
        summary: skill.description,
        parameters: [
          {
            name: "backend",
            in: "query",
            description: "One of the configured back ends in place of their order.",
            schema: { type: "string", enum: backendsOf(skill) },
          },
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: input, examples: examplesOf(skill) } },
        },
        responses: {
          "200": {
            description:
              "What came of it; as a stream where `Accept: text/event-stream` asks for one: `progress`, then `response`.",
            content: {
              "application/json": { schema: { allOf: [response, { properties: { output } }] } },
              "text/event-stream": {
                schema: { type: "string" },
                example: `event: progress\ndata: {"fraction":0.5}\n\n`,
              },
            },
          },
          ...failures,
          ...Object.fromEntries(
            Object.entries(RUN_FAILURES).map(([status, text]) => [
              status,
              answer(text, { anyOf: [response, problem] }),
            ]),
          ),
        },
      },
    };
  }
  // Named, so that clients have a type for it; it is sent inside streams.
  schemas["SkillEvent"] = { anyOf: [progress, response] };
  return {
    openapi: "3.1.0",
    info: {
      title: `Handeye: ${robot}`,
      version,
      description: "Skills of a robot. Commands, approvals and stop are on MQTT; see docs/reference/mqtt.md.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    ...(hasLogins ? { security: [{ basic: [] }, { bearer: [] }] } : {}),
    paths,
    components: {
      schemas,
      ...(hasLogins
        ? {
            securitySchemes: {
              basic: { type: "http", scheme: "basic", description: "An operator's name and password." },
              bearer: { type: "http", scheme: "bearer", description: "An operator's password." },
            },
          }
        : {}),
    },
  };
}

/** `GET /openapi.json`. */
export const openApiRoute =
  (options: { readonly gate: Gate; readonly document: () => Promise<Json> }): Route =>
  async (request, url, response) => {
    if (url.pathname !== "/openapi.json") return false;
    if (options.gate.admit(request, response, "viewer") !== undefined) sayJson(response, 200, await options.document());
    return true;
  };

const RUN_FAILURES: Readonly<Record<string, string>> = {
  "409": "The robot cannot do it now.",
  "413": "More than 64 MiB.",
  "415": "The body is not application/json.",
  "422": "The input does not fit, or the skill has failed with a code of its own.",
  "502": "No back end could serve.",
  "503": "Busy, or called off.",
  "504": "It took longer than the skill may.",
};

const LISTING: Json = {
  type: "object",
  required: ["name", "description", "enabled", "timeoutS", "input", "output", "backends"],
  properties: {
    name: { type: "string" },
    description: { type: "string" },
    enabled: { type: "boolean" },
    forPlanners: { type: "boolean" },
    timeoutS: { type: "number" },
    input: { type: "object", description: "JSON schema." },
    output: { type: "object", description: "JSON schema." },
    examples: { type: "array", items: {} },
    backends: {
      type: "array",
      items: {
        type: "object",
        required: ["type", "description", "usable"],
        properties: {
          type: { type: "string" },
          description: { type: "string" },
          scripted: { type: "boolean", description: "It follows rules written by people instead of a model." },
          place: { type: "integer", description: "In the launch file's order, from 1." },
          usable: { type: "boolean" },
          why: { type: "string", description: "For one that is not usable." },
        },
      },
    },
  },
};

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const answer = (description: string, schema: Json): Json => ({
  description,
  content: { "application/json": { schema } },
});
const pathParameter = (name: string, description: string): Json => ({
  name,
  in: "path",
  required: true,
  description,
  schema: { type: "string" },
});
const backendsOf = ({ backends }: SkillListing): readonly string[] => [
  ...new Set(backends.filter(({ place }) => place !== undefined).map(({ type }) => type)),
];
const examplesOf = ({ examples }: SkillListing): Json =>
  Object.fromEntries(examples.map((value, index) => [`example-${index + 1}`, { value }]));

/** References inside a schema lead to where its definitions are now. */
function moved(schema: unknown, name: string): unknown {
  if (Array.isArray(schema)) return schema.map((each) => moved(each, name));
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) =>
      key === "$ref" && typeof value === "string"
        ? [
            key,
            value === "#"
              ? `#/components/schemas/${name}`
              : value.replace(/^#\/\$defs\//, `#/components/schemas/${name}.`),
          ]
        : [key, moved(value, name)],
    ),
  );
}
