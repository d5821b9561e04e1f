import type { EyesEvaluation } from "./evaluate-eyes.js";
import type { Reliability } from "./reliability.js";

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The figures beside the card's, then how far the probabilities can be believed. */
export function formatEvaluation({ measured, comparisons }: EyesEvaluation): string {
  const rows = comparisons.map(({ path, card, value, count, allowed, isWorse }) => {
    const cells = [
      path.padEnd(26),
      (card === undefined ? "-" : percent(card)).padStart(9),
      percent(value).padStart(9),
      String(count).padStart(8),
      (card === undefined ? "" : percent(allowed)).padStart(10),
    ];
    return `  ${cells.join("")}${isWorse ? "  WORSE" : ""}`;
  });
  const worse = comparisons.filter(({ isWorse }) => isWorse).map(({ path }) => path);
  return [
    `eyes: ${measured.pictures} pictures of held-out scenes, depth by the model`,
    `  ${"figure".padEnd(26)}${"card".padStart(9)}${"now".padStart(9)}${"of".padStart(8)}${"may lose".padStart(10)}`,
    ...rows,
    ...(["found", "kind", "color"] as const).flatMap((name) => reliabilityLines(name, measured.calibration[name])),
    "",
    worse.length === 0
      ? "As good as the card says."
      : `Worse than the card says by more than it may: ${worse.join(", ")}.`,
    "",
  ].join("\n");
}

const ABOUT = { found: "a thing is there", kind: "it is of that kind", color: "it has that colour" } as const;

function reliabilityLines(name: keyof typeof ABOUT, { bins, ece }: Reliability): readonly string[] {
  return [
    "",
    `  When it says that ${ABOUT[name]}: calibration error (ECE) ${percent(ece)}`,
    `  ${"said".padEnd(12)}${"cases".padStart(7)}${"mean said".padStart(11)}${"true".padStart(10)}`,
    ...bins
      .filter(({ count }) => count > 0)
      .map(
        ({ from, to, count, said, right }) =>
          `  ${`${from.toFixed(1)}-${to.toFixed(1)}`.padEnd(12)}${String(count).padStart(7)}` +
          `${percent(said).padStart(11)}${percent(right).padStart(10)}`,
      ),
  ];
}
