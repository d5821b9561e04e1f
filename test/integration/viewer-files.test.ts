import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import * as topics from "../../src/adapters/mcap/recording.types.js";
import { createMetrics } from "../../src/adapters/metrics/index.js";

const ROOT = resolve(import.meta.dirname, "../..");
const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8");

const TOPICS = [
  topics.EVENT_TOPIC,
  topics.LOG_TOPIC,
  topics.STATE_TOPIC,
  topics.APPROVAL_TOPIC,
  topics.PLANNER_TOPIC,
  topics.PLANNER_PICTURE_TOPIC,
  topics.JOINTS_TOPIC,
  topics.TOOL_TOPIC,
  topics.TRANSFORMS_TOPIC,
  ...[topics.cameraTopic, topics.depthTopic, topics.annotationsTopic, topics.calibrationTopic].map((of) => of("head")),
];

async function metricNames(): Promise<string[]> {
  const gauges = { leaseHeld: () => false, linkUp: () => false, streamsLeftOut: () => 0 };
  const text = await createMetrics({ robot: "sim-1", nowMs: () => 0, gauges }).text();
  return [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name);
}
const namesIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/handeye_\w+/g)].map(([name]) => name.replace(/_bucket$/, "")))].sort();

describe("files for viewers", () => {
  it("shows only topics that recordings have", () => {
    const layout = textOf("launch/viewers/foxglove-layout.json");
    const named = [...layout.matchAll(/"(\/[a-z/]+)(?=["{.])/g)].map(([, topic]) => topic);

    expect(new Set(named).size).toBeGreaterThan(8);
    expect(named.filter((topic) => !TOPICS.includes(topic))).toEqual([]);
  });

  it("shows only figures that are served", async () => {
    const served = await metricNames();
    const shown = namesIn(textOf("launch/viewers/grafana-board.json"));

    expect(shown.length).toBeGreaterThan(8);
    expect(shown.filter((name) => !served.includes(name))).toEqual([]);
  });

  it("tells in the guide of every topic and every figure", async () => {
    const guide = textOf("docs/guide/recordings.md");

    expect(TOPICS.filter((topic) => !guide.includes(`\`${topic.replace("/head", "/<name>")}\``))).toEqual([]);
    expect(namesIn(guide)).toEqual((await metricNames()).sort());
  });
});
