import { follow, giveLease, takeLease } from "./link.js";
import { fps, isDriver, link, operator, pose, robot, robots, roundTripMs, state } from "./store.js";
import { language, setLanguage, t } from "./words.js";

/** Which robot, how it is, who drives, and how good the line is. */
export function Header() {
  const known = Object.entries(robots.value);
  const now = state.value;
  const isThere = link.value === "online" && (robots.value[robot.value] ?? true) && now !== undefined;
  const lease = now?.lease;
  return (
    <header>
      <h1>Handeye</h1>
      <label>
        <span class="hidden">{t("robots")}</span>
        <select value={robot.value} onChange={(event) => follow(event.currentTarget.value)} aria-label={t("robots")}>
          {known.map(([name, online]) => (
            <option key={name} value={name}>
              {name} · {online ? t("online") : t("offline")}
            </option>
          ))}
        </select>
      </label>
      <span class={`dot ${isThere ? "good" : "bad"}`} role="status" data-testid="link">
        {link.value === "connecting" ? t("connecting") : isThere ? t("online") : t("offline")}
      </span>
      {now !== undefined && (
        <span class={`chip ${now.safety}`} data-testid="state">
          {now.task} · {now.safety}
        </span>
      )}
      <span class="facts">
        {fps.value} {t("fps")}
        {roundTripMs.value !== undefined && ` · ${t("latency")} ${Math.round(roundTripMs.value)} ms`}
        {pose.value !== undefined &&
          ` · ${t("gripper")} ${Math.round(pose.value.gripperWidthM * 1000)} mm${pose.value.inContact ? `, ${t("holdsSomething")}` : ""}`}
      </span>
      <span class="lease" data-testid="lease">
        {isDriver.value
          ? t("leaseYours")
          : lease === undefined
            ? t("leaseNobody")
            : lease.operator === operator.value
              ? t("leaseYours")
              : `${t("leaseOther")} ${lease.operator}`}
        <button type="button" onClick={() => (isDriver.value ? giveLease() : takeLease())}>
          {isDriver.value ? t("giveLease") : t("takeLease")}
        </button>
      </span>
      <span class="who">{operator.value}</span>
      <button type="button" class="plain" onClick={() => setLanguage(language.value === "en" ? "zh" : "en")}>
        {language.value === "en" ? "中文" : "English"}
      </button>
    </header>
  );
}
