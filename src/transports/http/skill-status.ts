import type { SkillResponse } from "../../domain/skill/skill-messages.js";

const STATUS: Readonly<Record<string, number>> = {
  "unknown-skill": 404,
  "not-enabled": 403,
  "not-allowed": 403,
  "bad-input": 422,
  "unknown-backend": 422,
  busy: 503,
  stopped: 409,
  "no-lease": 409,
  aborted: 503,
  timeout: 504,
  "bad-output": 500,
  internal: 500,
  "recording-failed": 507,
  "not-installed": 502,
  "model-missing": 502,
  "model-damaged": 502,
  "model-failed": 502,
  "worker-died": 502,
  "link-failed": 502,
  offline: 502,
  "link-lost": 502,
  unauthorized: 502,
  "model-not-found": 502,
  "rate-limited": 502,
  "server-error": 502,
  "bad-answer": 502,
  unsupported: 502,
  "camera-unavailable": 503,
  "robot-disconnected": 503,
  "stale-frame": 503,
};

/** What the request itself cannot have, and every failure of a skill's own, is 422; 502 means that no back end could serve. */
export const statusOf = (response: SkillResponse): number => (response.ok ? 200 : (STATUS[response.code] ?? 422));
