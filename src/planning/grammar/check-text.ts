import { fail, ok, type Result } from "../../domain/result.js";

export const MAX_INSTRUCTION_CHARACTERS = 2000;

const PICTOGRAM = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
/** Letters of writings other than Latin and Chinese. */
const FOREIGN = /[^\P{L}\p{Script=Latin}\p{Script=Han}]/u;
const ACCENTED = /[^\P{Script=Latin}a-z]/iu;

/** Refuses what no parser here could read, saying why. The value is the trimmed text. */
export function checkText(instruction: string): Result<string, "bad-instruction"> {
  const text = instruction.trim();
  const characters = text.length;
  if (characters === 0)
    return fail("bad-instruction", 'The instruction is empty. Say what to do, for example "take the green bag".');
  if (characters > MAX_INSTRUCTION_CHARACTERS)
    return fail(
      "bad-instruction",
      `The instruction has ${characters} characters; the limit is ${MAX_INSTRUCTION_CHARACTERS}. Say it in fewer words.`,
      { characters, limit: MAX_INSTRUCTION_CHARACTERS },
    );
  const pictogram = PICTOGRAM.exec(text.replaceAll(/[©®™]/gu, ""));
  if (pictogram !== null)
    return fail("bad-instruction", `I cannot read pictograms ("${pictogram[0]}"). Say it in English or Chinese words.`);
  const foreign = FOREIGN.exec(text) ?? ACCENTED.exec(text.normalize("NFKC"));
  if (foreign !== null)
    return fail("bad-instruction", `I read English and Chinese only; found "${foreign[0]}". Say it in one of those.`);
  return ok(text);
}
