import type { Evaluation } from "./skill.js";

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (value: string | number): string => String(value).replaceAll(/[&<>"]/gu, (sign) => SIGNS[sign]);

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `<table>\n<thead><tr>${head.map((cell) => `<th>${escaped(cell)}</th>`).join("")}</tr></thead>\n<tbody>\n${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`)
    .join("\n")}\n</tbody>\n</table>`;

/** A page that needs nothing beside it. */
export function reportPage(evaluation: Evaluation): string {
  const { suite, examinee, questions, errors, latencyMs, mme, pope, pointing } = evaluation;
  const parts = [
    table(
      ["examinee", "suite", "questions", "errors", "latency p50", "latency p95"],
      [[examinee, suite, questions, errors, `${latencyMs.p50} ms`, `${latencyMs.p95} ms`]],
    ),
  ];
  if (mme !== undefined) {
    parts.push(
      table(
        ["subtask", "questions", "acc", "acc+", "score"],
        mme.subtasks.map(({ name, questions: count, acc, accPlus, score }) => [name, count, acc, accPlus, score]),
      ),
      table(["perception", "cognition"], [[mme.perception, mme.cognition]]),
    );
    if (!mme.isComplete) parts.push("<p>Not all of MME: not comparable with published figures.</p>");
  }
  if (pope !== undefined) {
    parts.push(
      table(
        ["accuracy", "precision", "recall", "F1", "yes ratio"],
        [[pope.accuracy, pope.precision, pope.recall, pope.f1, pope.yesRatio]],
      ),
    );
  }
  if (pointing !== undefined) {
    parts.push(
      table(
        ["group", "episodes", "success"],
        [
          ...pointing.groups.map(({ name, episodes, success }): (string | number)[] => [name, episodes, success]),
          ["all", pointing.episodes, pointing.success],
        ],
      ),
      `<p>Pointed at the wrong thing without a doubt: ${pointing.falseClaims}. Seeds from ${pointing.seed} on.</p>`,
    );
  }
  return `<!doctype html>
<html>
<head><meta charset="utf-8"><title>${escaped(examinee)}, ${escaped(suite)}</title>
<style>body{font-family:sans-serif}table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #999;padding:.3em .6em;text-align:left}</style></head>
<body>
<h1>${escaped(examinee)}, ${escaped(suite)}</h1>
${parts.join("\n")}
</body>
</html>
`;
}
