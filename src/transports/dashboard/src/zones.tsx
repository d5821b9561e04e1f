import { signal } from "@preact/signals";
import { setZones } from "./link.js";
import { state } from "./store.js";
import { t } from "./words.js";

/** While it is on, a drag in the picture draws a keep-out box. */
export const isDrawing = signal(false);

export function Zones() {
  const zones = state.value?.keepOut ?? [];
  return (
    <div class="zones">
      <strong>{t("zones")}</strong>
      {zones.map((zone) => (
        <span class="chip" key={zone.name}>
          {zone.name}
          <button
            type="button"
            class="plain"
            aria-label={`${t("remove")} ${zone.name}`}
            onClick={() => setZones(zones.filter((other) => other.name !== zone.name))}
          >
            ×
          </button>
        </span>
      ))}
      <button
        type="button"
        aria-pressed={isDrawing.value}
        onClick={() => (isDrawing.value = !isDrawing.value)}
        data-testid="draw-zone"
      >
        {isDrawing.value ? t("drawing") : t("drawZone")}
      </button>
    </div>
  );
}
