import { readFile } from "node:fs/promises";
import { createSkills } from "../../app/skills/create-skills.js";
import type { SkillListing } from "../../app/skills/list-skills.js";
import { ControllerError } from "../../domain/errors.js";
import { EXIT_CODES } from "../../domain/mission.js";
import type { SkillResponse } from "../../domain/skill/skill-messages.js";
import { launchFrom, type CommonOptions } from "./common-options.js";
import { EXIT_BAD_INPUT } from "./exit-code.js";
import { showOutput } from "./show-output.js";
import { createStyle, type Style } from "./style.js";

export interface SkillOptions extends CommonOptions {
  readonly input?: string;
  readonly backend?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly describe?: boolean;
}

/** Codes of a request that could not have worked anywhere: exit code 2. */
const BAD_INPUT = new Set([
  "bad-input",
  "unknown-skill",
  "unknown-backend",
  "not-enabled",
  "not-found",
  "bad-picture",
  "bad-sound",
  "bad-clip",
  "too-large",
  "unknown-voice",
  "unsupported-language",
]);

/**
 * Lists skills, describes one, or runs one. SIGINT calls it off; a second one leaves at once. Exit codes: 0, 1 for a skill that
 * failed, 2 for a request that cannot work, 3 for one that was called off.
 */
export async function skillCommand(name: string | undefined, options: SkillOptions): Promise<number> {
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  const err = (line: string): boolean => process.stderr.write(`${line}\n`);
  const style = createStyle(process.stdout.isTTY && process.env["NO_COLOR"] === undefined);
  const skills = createSkills(launchFrom(options), { onNote: (_level, text) => void err(text) });
  const ending = new AbortController();
  const onInterrupt = (): void => {
    if (ending.signal.aborted) process.exit(EXIT_CODES.stopped);
    ending.abort();
  };
  process.on("SIGINT", onInterrupt).on("SIGTERM", onInterrupt);
  try {
    if (name === undefined || options.describe === true) {
      const listings = await skills.list();
      if (name === undefined) {
        out(options.json === true ? JSON.stringify(listings) : listAll(listings, style));
        return 0;
      }
      const one = listings.find((each) => each.name === name);
      if (one === undefined) throw unknown(name, listings);
      out(options.json === true ? JSON.stringify(one) : showOne(one, style));
      return 0;
    }
    const response = await skills.run(
      name,
      {
        input: await parseInput(options.input),
        ...(options.backend === undefined ? {} : { backend: options.backend }),
      },
      {
        signal: ending.signal,
        from: "local",
        onProgress: (progress) => {
          if (options.json === true) out(JSON.stringify({ event: "progress", ...progress }));
          else if (options.quiet !== true)
            err(style.dim(`${Math.round(progress.fraction * 100)} % ${progress.message ?? ""}`));
        },
        ...(options.out === undefined ? {} : { outDir: options.out }),
      },
    );
    if (options.json === true) out(JSON.stringify({ event: "skill-end", ...response }));
    else if (response.ok) out(showResponse(response, style));
    else err(`${style.red(response.code)}: ${response.message}`);
    if (response.ok) return 0;
    if (response.code === "aborted" && ending.signal.aborted) return EXIT_CODES.stopped;
    return BAD_INPUT.has(response.code) ? EXIT_BAD_INPUT : 1;
  } finally {
    process.off("SIGINT", onInterrupt).off("SIGTERM", onInterrupt);
    await skills.close();
  }
}

const unknown = (name: string, listings: readonly SkillListing[]): ControllerError =>
  new ControllerError(
    "bad-input",
    `There is no skill "${name}". There are: ${listings.map((each) => each.name).join(", ")}.`,
  );

/** JSON, `@FILE` with JSON in it, or `-` for JSON on stdin. */
async function parseInput(given: string | undefined): Promise<unknown> {
  if (given === undefined) return {};
  const text = await readInput(given);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ControllerError(
      "bad-input",
      `--input: expected JSON such as '{"picture":"photo.jpg"}', @FILE with JSON in it, or - for stdin; found ${text.slice(0, 80)}`,
      { cause },
    );
  }
}

async function readInput(given: string): Promise<string> {
  if (given === "-") {
    let text = "";
    for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk as string;
    return text;
  }
  if (!given.startsWith("@")) return given;
  try {
    return await readFile(given.slice(1), "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ControllerError("bad-input", `--input ${given}: the file cannot be read: ${reason}`, { cause });
  }
}

function listAll(listings: readonly SkillListing[], style: Style): string {
  return listings
    .flatMap(({ name, description, enabled, backends }) => [
      `${style.bold(name)}  ${description}${enabled ? "" : style.red("  switched off")}`,
      ...backends.map(
        ({ type, place, usable, why, description: says }) =>
          `    ${usable ? style.green("usable") : style.dim("  -   ")}  ${place === undefined ? " " : place} ${type.padEnd(18)} ${usable ? says : style.dim(why ?? "")}`,
      ),
    ])
    .join("\n");
}

function showOne({ name, description, input, output, examples, timeoutS }: SkillListing, style: Style): string {
  return [
    `${style.bold(name)}  ${description}`,
    "",
    style.bold("Input"),
    JSON.stringify(input, undefined, 2),
    style.bold("Output"),
    JSON.stringify(output, undefined, 2),
    "",
    `At most ${timeoutS} s.`,
    "",
    ...examples.map((example) => `handeye skill ${name} --input '${JSON.stringify(example)}'`),
  ].join("\n");
}

function showResponse(
  { output, artefacts, servedBy, tried, tookMs }: SkillResponse & { ok: true },
  style: Style,
): string {
  const before = tried.map(({ backend, code }) => `${backend} could not: ${code}`);
  const note = typeof output === "object" && output !== null && "note" in output ? [String(output.note)] : [];
  return [
    showOutput(output),
    ...note.map((each) => style.dim(each)),
    ...artefacts.map(
      ({ path, mediaType, bytes, recipe }) =>
        `${path}  ${style.dim(`${mediaType}, ${bytes} bytes`)}${recipe.generated === true ? style.yellow("  generated") : ""}`,
    ),
    style.dim([`by ${servedBy} in ${(tookMs / 1000).toFixed(1)} s`, ...before].join("; ")),
  ].join("\n");
}
