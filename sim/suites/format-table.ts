import type { Count, Summary } from "./summarise.js";

const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;
const counted = ({ count, rate }: Count): string => `${count} (${percent(rate)})`;

/** The most frequent causes of failure, commonest first. */
export function failureCauses(summary: Summary): readonly (readonly [cause: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const row of summary.rows) {
    if (row.success) continue;
    // Causes may carry details after the first word ("dropped-on-floor mug-1").
    const cause = row.cause.split(" ")[0];
    counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/** Plain-text summary for a terminal; with `oracle`, its figures stand beside. */
export function formatTable(summary: Summary, oracle?: Summary): string {
  const line = (label: string, value: (s: Summary) => string): string =>
    `  ${label.padEnd(20)}${value(summary).padEnd(20)}${oracle ? value(oracle) : ""}`.trimEnd();
  const groupLine = (name: string): string => {
    const cell = (s: Summary): string => {
      const group = s.groups[name];
      return group ? `${percent(group.rate).padStart(7)} of ${group.episodes}` : "-";
    };
    return `  ${name.padEnd(20)}${cell(summary).padEnd(20)}${oracle ? cell(oracle) : ""}`.trimEnd();
  };
  const causes = failureCauses(summary).map(([cause, count]) => `  ${String(count).padStart(4)}  ${cause}`);
  return [
    `${summary.suite}: ${summary.episodes} episodes, seed ${summary.seed}, planner ${summary.planner}`,
    line("row", (s) => s.row),
    line("perception", (s) => s.perception),
    line("success", (s) => counted(s.success)),
    line("partial", (s) => percent(s.partial)),
    line("unsafe", (s) => counted(s.unsafe)),
    line("false claims", (s) => counted(s.falseClaims)),
    line("asked", (s) => counted(s.asks)),
    line("median time", (s) => `${s.secondsMedian.toFixed(1)} s simulated`),
    "",
    ...Object.keys(summary.groups).map(groupLine),
    ...(causes.length > 0 ? ["", "  Why the others failed:", ...causes] : []),
    "",
  ].join("\n");
}
