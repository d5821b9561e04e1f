import {
  fail,
  ok,
  type Evaluator,
  type MediaFailure,
  type PictureRef,
  type Result,
  type SkillContext,
} from "../../src/skill-kit/index.js";
import { mmeFiles, readMmeText, readPopeFile, type Question } from "./questions.js";

export interface Suite {
  /** Where it came from, for people and for the journal. */
  readonly source: string;
  readonly questions: readonly Question[];
  readonly picture: (path: string) => PictureRef;
}

type Failure = MediaFailure | "bad-suite";
const join = (folder: string, path: string): string => `${folder.replace(/\/+$/u, "")}/${path}`;

/** The sample that ships: two pictures in MME's layout. */
export async function openSample({ backend }: SkillContext<Evaluator>): Promise<Result<Suite, Failure>> {
  const files = await backend.sample();
  const text = (path: string): string => Buffer.from(files.get(path) ?? []).toString("utf8");
  const questions = readAll(mmeFiles([...files.keys()]), async (file) => ok(text(file)));
  const read = await questions;
  if (!read.ok) return read;
  return ok({
    source: "the sample that ships",
    questions: read.value,
    picture: (path) => ({ data: Buffer.from(files.get(path) ?? []).toString("base64") }),
  });
}

/** MME from a folder that holds its subtasks. Every file is opened by the rules for whoever asks. */
export async function openMme(folder: string, context: SkillContext<Evaluator>): Promise<Result<Suite, Failure>> {
  const { backend, openFile } = context;
  const files = mmeFiles(await backend.list(folder));
  // Whether there is such a folder is nobody's business who may not read in it: the answer is that for a file.
  const first = await openFile(join(folder, files[0]?.questions ?? "existence"));
  if (!first.ok && first.code !== "not-found")
    return fail(first.code, first.message.replaceAll(files[0]?.questions ?? "existence", ""));
  if (files.length === 0) {
    return fail(
      "bad-suite",
      `Expected MME's folders (existence, count, position ...) in ${folder}, each with pictures and texts of the same name; found none.`,
    );
  }
  const questions = await readAll(files, async (path) => {
    const file = await openFile(join(folder, path));
    return file.ok ? ok(Buffer.from(file.value.bytes).toString("utf8")) : file;
  });
  if (!questions.ok) return questions;
  return ok({ source: folder, questions: questions.value, picture: (path) => join(folder, path) });
}

/** POPE from a file of questions and the folder of its pictures. */
export async function openPope(
  { file, pictures }: { readonly file: string; readonly pictures: string },
  { openFile }: SkillContext<Evaluator>,
): Promise<Result<Suite, Failure>> {
  const opened = await openFile(file);
  if (!opened.ok) return opened;
  const questions = readPopeFile(Buffer.from(opened.value.bytes).toString("utf8"));
  if (!questions.ok) return questions;
  if (questions.value.length === 0) return fail("bad-suite", `${file} has no questions.`);
  return ok({ source: file, questions: questions.value, picture: (path) => join(pictures, path) });
}

async function readAll(
  files: ReturnType<typeof mmeFiles>,
  textOf: (path: string) => Promise<Result<string, MediaFailure>>,
): Promise<Result<readonly Question[], Failure>> {
  const questions: Question[] = [];
  for (const file of files) {
    const text = await textOf(file.questions);
    if (!text.ok) return text;
    const read = readMmeText(text.value, file);
    if (!read.ok) return read;
    questions.push(...read.value);
  }
  return ok(questions);
}
