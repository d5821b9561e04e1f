/** ISO 8601, whole seconds, UTC. */
export const isoTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

export const agoS = (thenMs: number, nowMs: number): number => Math.max(0, Math.round((nowMs - thenMs) / 1000));

/** "12 s ago", "5 min ago", "3 h ago", "2 days ago". */
export function agoWords(seconds: number): string {
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h ago`;
  return `${Math.round(seconds / 86_400)} days ago`;
}
