import { useEffect, useState } from "preact/hooks";
import { formatAction } from "../../../domain/action.js";
import { decide } from "./link.js";
import { approval } from "./store.js";
import { t } from "./words.js";

/** The robot waits for a word: what it wants to do, where, and how near to what is forbidden. */
export function Approval() {
  const card = approval.value;
  const [leftS, setLeftS] = useState(0);
  const expiresAt = card?.waiting === true ? card.expiresAt : undefined;
  useEffect(() => {
    if (expiresAt === undefined) return undefined;
    const tick = (): void => setLeftS(Math.max(0, Math.ceil((Date.parse(expiresAt) - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [expiresAt]);

  if (card?.waiting !== true || card.action === undefined) return null;
  const { point, positionInBase, marginM } = card;
  return (
    <section class="card approval" role="alertdialog" aria-labelledby="approval-title" data-testid="approval">
      <h2 id="approval-title">{t("approval")}</h2>
      <p class="action">{formatAction(card.action)}</p>
      <p>{card.reason}</p>
      {card.picture !== undefined && (
        <div class="evidence">
          <img src={`data:image/jpeg;base64,${card.picture}`} alt="" />
          {point !== undefined && <i class="cross" style={{ left: `${point.x * 100}%`, top: `${point.y * 100}%` }} />}
        </div>
      )}
      <dl>
        {point !== undefined && (
          <>
            <dt>{t("point")}</dt>
            <dd>
              {point.x.toFixed(2)}, {point.y.toFixed(2)}, {point.z.toFixed(2)} m
            </dd>
          </>
        )}
        {positionInBase !== undefined && (
          <>
            <dt>{t("position")}</dt>
            <dd>{positionInBase.map((value) => value.toFixed(2)).join(", ")} m</dd>
          </>
        )}
        <dt>{t("margin")}</dt>
        <dd>{typeof marginM === "number" ? `${marginM.toFixed(2)} m` : t("noZones")}</dd>
      </dl>
      <div class="row">
        <button
          type="button"
          class="good"
          onClick={() => decide(card.id, card.digest, "approved")}
          data-testid="approve"
        >
          {t("approve")}
        </button>
        <button type="button" class="bad" onClick={() => decide(card.id, card.digest, "denied")} data-testid="deny">
          {t("deny")}
        </button>
        <span role="timer">
          {t("expires")} {leftS} s
        </span>
      </div>
    </section>
  );
}
