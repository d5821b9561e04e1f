import { Ajv2020 } from "ajv/dist/2020.js";
import { fail, ok, type Result } from "../../domain/result.js";

/** Says what is wrong with a value, in words; empty where it is valid. */
export type JsonValidator = (value: unknown) => readonly string[];

/** A longer schema is no form to fill in. */
const MOST_CHARACTERS = 64 * 1024;

/**
 * A validator for a JSON schema (draft 2020-12 and what older drafts share with it). `bad-schema` for what is none: references to other
 * files are not followed, and patterns are the caller's own.
 */
export function compileSchema(schema: Readonly<Record<string, unknown>>): Result<JsonValidator, "bad-schema"> {
  if (JSON.stringify(schema).length > MOST_CHARACTERS) {
    return fail("bad-schema", `The schema has more than ${MOST_CHARACTERS} characters.`);
  }
  // Older drafts name themselves; what people use of them means the same in this one.
  const { $schema: _draft, ...rest } = schema;
  try {
    const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, logger: false });
    const validate = ajv.compile(rest);
    return ok((value) =>
      validate(value)
        ? []
        : (validate.errors ?? []).map(
            ({ instancePath, message }) => `${instancePath || "it"} ${message ?? "is wrong"}`,
          ),
    );
  } catch (error) {
    return fail("bad-schema", `The schema cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
