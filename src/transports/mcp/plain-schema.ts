import type { Tool } from "@modelcontextprotocol/sdk/types.js";

/** A JSON schema as tools have it: of an object, and without the name of its dialect, which clients' validators may not know. */
export function plainSchema(schema: Readonly<Record<string, unknown>>): Tool["inputSchema"] {
  const { $schema: _dialect, ...rest } = schema;
  return { ...rest, type: "object" };
}

export const isObjectSchema = (schema: Readonly<Record<string, unknown>>): boolean => schema["type"] === "object";
