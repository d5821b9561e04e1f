import { fail, ok, type Evaluator, type PointedRow, type SkillContext } from "../../src/skill-kit/index.js";

/** Episodes of the built-in pointing suite, one after the other. */
export async function pointAll(
  { episodes, seed }: { readonly episodes: number; readonly seed: number },
  { backend, signal, progress, nowMs }: SkillContext<Evaluator>,
) {
  if (backend.point === undefined) {
    return fail("unsupported" as const, `${backend.examinee} cannot point in this suite; the back end onboard can.`);
  }
  const rows: (PointedRow & { readonly latencyMs: number })[] = [];
  for (let index = 0; index < episodes; index++) {
    if (signal.aborted) return fail("aborted" as const, "It was called off.");
    const startMs = nowMs();
    const row = await backend.point({ index, seed: seed + index }, { signal });
    if (!row.ok) return row;
    rows.push({ ...row.value, latencyMs: Math.max(0, nowMs() - startMs) });
    progress({ fraction: (index + 1) / episodes, message: `${index + 1} of ${episodes}` });
  }
  const rate = (of: readonly PointedRow[], is: (row: PointedRow) => boolean): number =>
    of.length === 0 ? 0 : Math.round((1_000 * of.filter(is).length) / of.length) / 1_000;
  const names = [...new Set(rows.map(({ group }) => group))];
  return ok({
    rows,
    pointing: {
      episodes,
      seed,
      success: rate(rows, ({ success }) => success),
      falseClaims: rate(rows, ({ falseClaim }) => falseClaim),
      groups: names.map((name) => {
        const own = rows.filter(({ group }) => group === name);
        return { name, episodes: own.length, success: rate(own, ({ success }) => success) };
      }),
    },
  });
}
