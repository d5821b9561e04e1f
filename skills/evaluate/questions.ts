import { fail, ok, type Result } from "../../src/skill-kit/index.js";

/** MME's subtasks. */
export const PERCEPTION = [
  "existence",
  "count",
  "position",
  "color",
  "posters",
  "celebrity",
  "scene",
  "landmark",
  "artwork",
  "OCR",
] as const;
export const COGNITION = [
  "commonsense_reasoning",
  "numerical_calculation",
  "text_translation",
  "code_reasoning",
] as const;
const SUBTASKS: readonly string[] = [...PERCEPTION, ...COGNITION];

export interface Question {
  /** Unique in its suite. */
  readonly key: string;
  /** Subtask, for MME. */
  readonly group: string;
  /** Path of the picture, relative to the suite's folder. */
  readonly picture: string;
  readonly text: string;
  readonly expected: "yes" | "no";
}

const PICTURE = /\.(?:jpe?g|png|webp)$/iu;
const stem = (path: string): string => path.replace(/\.[^./]+$/u, "");

export interface MmeFile {
  readonly group: string;
  readonly questions: string;
  readonly picture: string;
}

/**
 * The files of MME's folders: each subtask has pictures and texts of the same name, side by side or in `images` and
 * `questions_answers_YN`. `paths` are relative to the folder that holds the subtasks.
 */
export function mmeFiles(paths: readonly string[]): readonly MmeFile[] {
  const pictures = new Map<string, string>();
  for (const path of paths) {
    const parts = path.split("/");
    if (PICTURE.test(path)) pictures.set(`${parts[0]}/${stem(parts[parts.length - 1])}`, path);
  }
  return paths.flatMap((path): readonly MmeFile[] => {
    const parts = path.split("/");
    const [group] = parts;
    const isHere = parts.length === 2 || (parts.length === 3 && parts[1] === "questions_answers_YN");
    if (!path.endsWith(".txt") || !SUBTASKS.includes(group) || !isHere) return [];
    const picture = pictures.get(`${group}/${stem(parts[parts.length - 1])}`);
    return picture === undefined ? [] : [{ group, questions: path, picture }];
  });
}

/** A text of MME: lines of `question<TAB>Yes|No`. */
export function readMmeText(
  text: string,
  { group, questions, picture }: MmeFile,
): Result<readonly Question[], "bad-suite"> {
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== "");
  const read: Question[] = [];
  for (const [at, line] of lines.entries()) {
    const [question = "", answer = ""] = line.split("\t");
    const expected = answer.trim().toLowerCase();
    if (question.trim() === "" || (expected !== "yes" && expected !== "no")) {
      return fail(
        "bad-suite",
        `Expected "question<TAB>Yes" or "...No" in line ${at + 1} of ${questions}; found "${line.slice(0, 80)}".`,
      );
    }
    read.push({ key: `${questions}#${at + 1}`, group, picture, text: question.trim(), expected });
  }
  return ok(read);
}

const SUFFIX = "Answer the question using a single word or phrase.";

/** A file of POPE: JSON lines with question_id, image, text and label. */
export function readPopeFile(text: string): Result<readonly Question[], "bad-suite"> {
  const read: Question[] = [];
  for (const [at, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === "") continue;
    const row = rowOf(line);
    if (row === undefined) {
      return fail(
        "bad-suite",
        `Expected {"question_id", "image", "text", "label": "yes"|"no"} in line ${at + 1}; found "${line.slice(0, 80)}".`,
      );
    }
    read.push({ ...row, key: `${row.key}#${at + 1}` });
  }
  return ok(read);
}

function rowOf(line: string): Question | undefined {
  try {
    const row = JSON.parse(line) as Readonly<Record<string, unknown>> | null;
    if (typeof row !== "object" || row === null) return undefined;
    const { question_id: id, image, text, label } = row;
    if (typeof image !== "string" || typeof text !== "string" || (label !== "yes" && label !== "no")) return undefined;
    if (typeof id !== "number" && typeof id !== "string") return undefined;
    return { key: String(id), group: "pope", picture: image, text: `${text} ${SUFFIX}`, expected: label };
  } catch {
    return undefined;
  }
}
