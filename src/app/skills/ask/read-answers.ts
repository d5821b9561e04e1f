import { fail, ok, type Result } from "../../../domain/result.js";

/** Elements that a table may have. */
const TABLE_PARTS = ["table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "br"];

/** The first HTML table of an answer, everything but its structure and its text taken out. */
export function readHtmlTable(answer: string): Result<string, "bad-answer"> {
  const found = /<table[\s>][\s\S]*?<\/table\s*>/iu.exec(answer)?.[0];
  if (found === undefined || !/<tr[\s>]/iu.test(found)) {
    return fail("bad-answer", `Expected an HTML table; found ${answer.slice(0, 80)}`);
  }
  const html = found
    .replace(/<(script|style|iframe|object|svg)[\s>][\s\S]*?<\/\1\s*>/giu, "")
    .replace(/<!--[\s\S]*?-->/gu, "")
    .replace(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/giu, (_, slash: string, name: string, attributes: string) => {
      const tag = name.toLowerCase();
      if (!TABLE_PARTS.includes(tag)) return "";
      const spans = [...attributes.matchAll(/\b(rowspan|colspan)\s*=\s*["']?(\d{1,3})["']?/giu)]
        .map(([, key, value]) => ` ${key.toLowerCase()}="${value}"`)
        .join("");
      return `<${slash}${tag}${slash === "" ? spans : ""}>`;
    });
  return ok(html);
}

/** The first fenced block with its language; an answer without a fence is all code. */
export function readCode(answer: string): Result<{ readonly language: string; readonly text: string }, "bad-answer"> {
  const fenced = /```([\w+#-]*)[^\n]*\n([\s\S]*?)```/u.exec(answer);
  const text = (fenced?.[2] ?? answer).trim();
  if (text === "") return fail("bad-answer", "Expected code; found nothing.");
  const said = fenced?.[1].toLowerCase() ?? "";
  return ok({ language: said === "" ? "mermaid" : said, text });
}
