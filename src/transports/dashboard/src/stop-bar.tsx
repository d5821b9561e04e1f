import { arm, hold, reset, resume, stop } from "./link.js";
import { isStopped, state } from "./store.js";
import { t } from "./words.js";

/** Always in reach. The stop never waits for anything, and never asks whether you are sure. */
export function StopBar() {
  const safety = state.value?.safety;
  return (
    <footer class="stop-bar">
      <button type="button" class="stop" onPointerDown={stop} onClick={stop} data-testid="stop">
        {t("stop")} <small>{t("stopHint")}</small>
      </button>
      {isStopped.value && (
        <span class="latched" role="alert">
          {t("resetHint")}
          <button type="button" onClick={reset} data-testid="reset">
            {t("reset")}
          </button>
        </span>
      )}
      {state.value?.task === "disarmed" && state.value.kind !== "sim" && (
        <button type="button" onClick={arm} title={t("armHint")} data-testid="arm">
          {t("arm")}
        </button>
      )}
      {safety === "nominal" && (
        <button type="button" class="plain" onClick={hold}>
          {t("hold")}
        </button>
      )}
      {safety === "held" && (
        <button type="button" onClick={resume} data-testid="resume">
          {t("resume")}
        </button>
      )}
    </footer>
  );
}
