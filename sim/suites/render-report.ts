import { failureCauses } from "./format-table.js";
import type { Count, EpisodeRow, Summary, SummaryRow } from "./summarise.js";

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);
const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;

const STYLE = `
:root { color-scheme: light dark; --muted: #7a828c; --line: #8883; --good: #1d9a5b; --bad: #d6403a; --bar: #3b82f6; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
.meta { color: var(--muted); margin: 0 0 1.5rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; }
.card { border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; }
.card b { display: block; font-size: 1.4rem; } .card span { color: var(--muted); font-size: .85rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
th { color: var(--muted); font-weight: 500; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
.bar { background: var(--line); border-radius: 1rem; height: .5rem; min-width: 8rem; } .bar i { display: block; height: 100%; border-radius: 1rem; background: var(--bar); }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(26rem, 1fr)); gap: 1rem; }
figure { margin: 0; border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; } figure img { width: 50%; display: inline-block; }
figcaption { padding: .5rem .8rem; } figcaption span { color: var(--muted); font-size: .85rem; }
.yes { color: var(--good); } .no { color: var(--bad); }`;

const card = (label: string, value: string, detail = ""): string =>
  `<div class="card"><span>${label}</span><b>${value}</b><span>${detail || "&nbsp;"}</span></div>`;

const countCard = (label: string, { count, rate }: Count): string => card(label, percent(rate), `${count} episodes`);

const rowHtml = (row: SummaryRow): string => {
  const flags = [row.unsafe && "unsafe", row.falseClaim && "false claim"].filter(Boolean).join(", ");
  const mark = row.success ? '<td class="yes">yes</td>' : '<td class="no">no</td>';
  return (
    `<tr><td class="number">${row.seed}</td><td>${escape(row.instruction)}</td><td>${row.outcome}</td>${mark}` +
    `<td class="number">${row.seconds.toFixed(1)}</td><td>${flags}</td><td>${row.success ? "" : escape(row.cause)}</td></tr>`
  );
};

const figureHtml = ({ seed, instruction, outcome, cause, pictures }: EpisodeRow): string =>
  pictures === undefined
    ? ""
    : `<figure><img src="${escape(pictures.start)}" alt="before"><img src="${escape(pictures.end)}" alt="after">` +
      `<figcaption>${escape(instruction)}<br><span>${outcome}: ${escape(cause)}, seed ${seed}</span></figcaption></figure>`;

/** One self-contained HTML page for `bench --report F`; with pictures of what went wrong, where `rows` have them. */
export function renderReport(summary: Summary, rows: readonly EpisodeRow[] = []): string {
  const figures = rows.map(figureHtml).filter((html) => html !== "");
  const groups = Object.entries(summary.groups).map(
    ([name, { episodes, rate }]) =>
      `<tr><td>${escape(name)}</td><td class="number">${episodes}</td><td class="number">${percent(rate)}</td>` +
      `<td><div class="bar"><i style="width:${(rate * 100).toFixed(1)}%"></i></div></td></tr>`,
  );
  const causes = failureCauses(summary).map(
    ([cause, count]) => `<tr><td>${escape(cause)}</td><td class="number">${count}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Handeye bench: ${escape(summary.suite)}</title>
<style>${STYLE}</style></head><body>
<h1>${escape(summary.suite)}</h1>
<p class="meta">${summary.episodes} simulated episodes, seed ${summary.seed}, row <b>${escape(summary.row)}</b>: planner ${escape(summary.planner)}, perception ${escape(summary.perception)}</p>
<div class="cards">
${countCard("Success", summary.success)}
${card("Partial", percent(summary.partial), "mean share of sub-goals")}
${countCard("Unsafe", summary.unsafe)}
${countCard("False claims", summary.falseClaims)}
${countCard("Asked", summary.asks)}
${card("Median time", `${summary.secondsMedian.toFixed(1)} s`, "simulated")}
</div>
<h2>By task</h2>
<table><tr><th>task</th><th>episodes</th><th>success</th><th></th></tr>
${groups.join("\n")}
</table>
${causes.length > 0 ? `<h2>Why the others failed</h2>\n<table><tr><th>cause</th><th>episodes</th></tr>\n${causes.join("\n")}\n</table>` : ""}
${figures.length > 0 ? `<h2>What went wrong, before and after</h2>\n<div class="figures">${figures.join("\n")}</div>` : ""}
<h2>Episodes</h2>
<table><tr><th>seed</th><th>instruction</th><th>outcome</th><th>goal holds</th><th>s</th><th></th><th>cause</th></tr>
${summary.rows.map(rowHtml).join("\n")}
</table>
</body></html>
`;
}
