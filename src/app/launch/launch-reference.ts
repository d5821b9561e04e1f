import { z } from "zod";
import { launchSchema } from "./launch-schema.js";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** JSON schema of the launch file, for editors (`$schema`). */
export const launchJsonSchema = (): JsonSchema => z.toJSONSchema(launchSchema, { io: "input" });

/** The launch file's fields as a page for people. */
export function launchMarkdown(): string {
  return [
    "# Launch file",
    "",
    "One JSON file names one runnable stack. Every field but `robot` has a default; an unknown field is refused. Any field can be",
    "set for one run with `--set path=value`. This page is made from the schema by `npm run docs`.",
    "",
    "| field | values | default | meaning |",
    "| --- | --- | --- | --- |",
    ...rows(launchJsonSchema(), ""),
    "",
  ].join("\n");
}

function rows(schema: JsonSchema, path: string): string[] {
  const variants = schema.anyOf ?? schema.oneOf;
  // One of several kinds, or a list of them: the fields are the same.
  if (variants !== undefined) return variants.flatMap((variant) => rows(variant, path));
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (typeof property === "boolean") return [];
    const field = path === "" ? name : `${path}.${name}`;
    const own = `| \`${field}\` | ${values(property)} | ${defaultOf(property)} | ${cell(property.description ?? "")} |`;
    const inner = property.items;
    const item = typeof inner === "object" && !Array.isArray(inner) ? rows(inner, `${field}[]`) : [];
    return [own, ...rows(property, field), ...item];
  });
}

const isObject = (schema: unknown): schema is JsonSchema =>
  typeof schema === "object" && schema !== null && "properties" in schema;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function values(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(", ");
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) {
    if (variants.some(isObject)) return "object";
    return variants.map((variant) => (typeof variant === "boolean" ? "any" : values(variant))).join(" or ");
  }
  const bounds = [
    schema.minimum === undefined ? "" : `>= ${schema.minimum}`,
    schema.exclusiveMinimum === undefined ? "" : `> ${schema.exclusiveMinimum}`,
    schema.maximum === undefined || schema.maximum >= Number.MAX_SAFE_INTEGER ? "" : `<= ${schema.maximum}`,
  ].filter((bound) => bound !== "");
  return [schema.type ?? "any", ...bounds].join(" ");
}

function defaultOf(schema: JsonSchema): string {
  if (schema.default === undefined) return "";
  const text = JSON.stringify(schema.default);
  return text === "{}" ? "" : `\`${cell(text)}\``;
}
