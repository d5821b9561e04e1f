import { fail, type Result } from "../../domain/result.js";
import type { Place } from "../program/program.js";
import { parsePlace, type ParseFailure } from "./parse-instruction.js";

const ENGLISH = /^(?:(?:the|an?|some|any) )?(?:free|empty|clear|open) (?:space|spot|place|room|area) /iu;
const CHINESE = /的?(?:空位置?|空地方?|空处|空闲的?地方)$/u;

/** Is it a free place that the words ask for, not a thing? */
export const isFreePlace = (text: string): boolean => ENGLISH.test(text.trim()) || CHINESE.test(text.trim());

/** "the free space left of the red mug", 架子上的空位: the place that it is free at. */
export function parseFreePlace(text: string): Result<Place, ParseFailure> {
  const place = text.trim().replace(ENGLISH, "").replace(CHINESE, "");
  if (place === "")
    return fail("bad-instruction", `Where is the free place of "${text}" to be? Say beside or on what.`);
  return parsePlace(place);
}
