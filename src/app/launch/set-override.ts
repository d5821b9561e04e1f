import { ControllerError } from "../../domain/errors.js";

/**
 * Applies `--set path=value` to a launch file's raw JSON, before it is checked: `planner.type=grammar`,
 * `safety.keepOut=[...]`. The value is JSON where it parses as JSON, else a string. Missing objects on the way are made.
 * Throws `bad-input` for an override that is not `path=value` or that leads through something that is not an object.
 */
export function setOverride(raw: unknown, override: string): unknown {
  const equals = override.indexOf("=");
  const path = override.slice(0, Math.max(0, equals)).trim();
  if (equals < 1 || !/^[\w$-]+(\.[\w$-]+)*$/.test(path)) {
    throw new ControllerError(
      "bad-input",
      `--set expects path=value, for example --set planner.type=grammar; found "${override}".`,
    );
  }
  return withValue(raw, path.split("."), parseValue(override.slice(equals + 1)), path);
}

function withValue(node: unknown, keys: readonly string[], value: unknown, path: string): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (key === "__proto__" || key === "constructor" || key === "prototype") {
    throw new ControllerError("bad-input", `--set ${path}: "${key}" is not a launch-file field.`);
  }
  if (node !== undefined && (typeof node !== "object" || node === null)) {
    throw new ControllerError(
      "bad-input",
      `--set ${path}: "${key}" is inside ${JSON.stringify(node)}, which has no fields.`,
    );
  }
  if (Array.isArray(node)) {
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || index > node.length) {
      throw new ControllerError(
        "bad-input",
        `--set ${path}: expected an index from 0 to ${node.length}; found "${key}".`,
      );
    }
    const copy: unknown[] = [...node];
    copy[index] = withValue(copy[index], rest, value, path);
    return copy;
  }
  const object: Record<string, unknown> = { ...node };
  object[key] = withValue(object[key], rest, value, path);
  return object;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
