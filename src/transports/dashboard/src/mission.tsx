import { formatAction } from "../../../domain/action.js";
import { receipts, state } from "./store.js";
import { t } from "./words.js";

/** What runs, what was done, and what each step rests on. Green is for what was seen to be true, and for nothing else. */
export function Mission() {
  const { mission, last, interrupted } = state.value ?? {};
  return (
    <section class="card" aria-live="polite">
      <h2>{t("mission")}</h2>
      {interrupted !== undefined && (
        <p class="refusal">
          {t("interrupted")}: {interrupted}
        </p>
      )}
      {mission !== undefined ? (
        <p class="action" data-testid="running">
          {mission.instruction} <small>({mission.operator})</small>
        </p>
      ) : last === undefined ? (
        <p>{t("noMission")}</p>
      ) : (
        <p class={`outcome ${last.grade === "verified" ? "good" : "bad"}`} data-testid="outcome">
          {last.instruction}
          <br />
          <strong>
            {last.outcome} · {last.grade === "verified" ? t("verified") : t("notVerified")}
          </strong>{" "}
          {last.message}
        </p>
      )}
      <ol class="receipts">
        {receipts.value.map(({ receipt }) => (
          <li key={receipt.step} class={receipt.grade === "verified" ? "good" : "bad"}>
            <code>{formatAction(receipt.action)}</code>
            <span>
              {receipt.grade}
              {receipt.code !== undefined && ` · ${receipt.code}`}
            </span>
            {(receipt.evidence.note ?? receipt.message) !== undefined && (
              <small>{receipt.evidence.note ?? receipt.message}</small>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
