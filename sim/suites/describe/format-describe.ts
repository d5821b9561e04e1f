import { ASPECTS } from "./describe-detail.js";
import type { AspectFigure, DescribeFigures } from "./summarise-describe.js";

const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;

/** Plain-text lines for a terminal, to stand below the common table. */
export function formatDescribe({ answers, falseCaptions, leftOut }: DescribeFigures): string {
  const line = (label: string, text: string): string => `  ${label.padEnd(20)}${text}`;
  const cell = ({ rate, asked }: AspectFigure): string => `${percent(rate).padStart(7)} of ${asked}`;
  return [
    line("answers", `${"English".padEnd(18)}Chinese`),
    ...ASPECTS.map((aspect) => line(aspect, `${cell(answers[aspect].en).padEnd(18)}${cell(answers[aspect].zh)}`)),
    line("false captions", `${falseCaptions.count} (${percent(falseCaptions.rate)}) name what is not there`),
    line("left out", `${leftOut.count} (${percent(leftOut.rate)}) of what is clearly seen`),
    "",
  ].join("\n");
}
