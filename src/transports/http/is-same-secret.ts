import { timingSafeEqual } from "node:crypto";

/** Whether a password is the expected one; never where none is expected. How long it takes tells nothing of where they differ. */
export function isSameSecret(given: string | undefined, expected: string | undefined): boolean {
  if (given === undefined || expected === undefined || expected === "") return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
