import type { PointingFigures } from "./summarise-pointing.js";

const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;

/** Plain-text lines for a terminal, to stand below the common table. */
export function formatPointing(figures: PointingFigures): string {
  const line = (label: string, text: string): string => `  ${label.padEnd(20)}${text}`;
  const counted = ({ count, rate }: PointingFigures["missed"]): string => `${count} (${percent(rate)})`;
  const languages = Object.entries(figures.languages).map(([language, { episodes, rate }]) =>
    line(language === "en" ? "English" : "Chinese", `${percent(rate).padStart(7)} of ${episodes}`),
  );
  const { paired } = figures;
  return [
    ...languages,
    ...(paired === undefined
      ? []
      : [
          line(
            "both, same picture",
            `English ${percent(paired.en)}, Chinese ${percent(paired.zh)} of ${paired.episodes}; right in one only: ${paired.onlyEn} / ${paired.onlyZh}`,
          ),
        ]),
    line("false presence", `${counted(figures.falsePresence)} of what is not there`),
    line("missed", `${counted(figures.missed)} of what is there`),
    line("wrong thing", counted(figures.wrongThing)),
    line("not understood", counted(figures.unread)),
    ...(figures.errorMedianM === undefined
      ? []
      : [line("median error", `${(figures.errorMedianM * 1000).toFixed(1)} mm`)]),
    ...(figures.depthAbsRel === undefined ? [] : [line("depth AbsRel", `${percent(figures.depthAbsRel)} on things`)]),
    "",
  ].join("\n");
}
