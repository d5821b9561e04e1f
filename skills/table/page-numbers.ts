import { fail, ok, type Result } from "../../src/skill-kit/index.js";

/** Pages of one run. */
export const MOST_PAGES = 50;

/** "1-3,7", "5-", "all" as page numbers from 1, in order, each once. */
export function pageNumbers(
  wanted: string,
  pageCount: number,
): Result<readonly number[], "page-out-of-range" | "too-many-pages"> {
  const parts = wanted.trim() === "all" ? [`1-${pageCount}`] : wanted.split(",");
  const found = new Set<number>();
  for (const part of parts) {
    const [, from = "", dash, to = ""] = /^\s*(\d+)\s*(?:(-)\s*(\d*))?\s*$/u.exec(part) ?? [];
    const first = Number(from);
    const last = dash === undefined ? first : to === "" ? pageCount : Number(to);
    if (from === "" || first < 1 || last < first || last > pageCount) {
      return fail(
        "page-out-of-range",
        `Expected pages between 1 and ${pageCount}, as in "1-3,7" or "all"; found "${part.trim()}".`,
      );
    }
    if (last - first >= MOST_PAGES * 10) return tooMany(last - first + 1);
    for (let page = first; page <= last; page++) found.add(page);
  }
  return found.size > MOST_PAGES ? tooMany(found.size) : ok([...found].sort((a, b) => a - b));
}

const tooMany = (count: number) =>
  fail(
    "too-many-pages",
    `${count} pages are more than one run reads (${MOST_PAGES}). Ask for them in parts, as in "1-50".`,
  );
