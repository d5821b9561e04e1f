import { describe, expect, it } from "vitest";
import { eventsOf, missionEnd, ORACLE, runCli } from "../support/run-cli.js";

const isMotion = (line: string): boolean => line.includes('"event":"command"') && line.includes('"type":"move-joints"');

describe("a stop from the terminal", { timeout: 180_000 }, () => {
  // At real time the first motion takes seconds, so that the signal finds the arm on its way.
  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends the mission in mid-motion on %s, and nothing is sent after it",
    async (name) => {
      let signalled = false;
      const run = await runCli([...ORACLE, "--json", "--set", "robot.rate=1", "take the red mug"], {
        onLine(line, signal) {
          if (signalled || !isMotion(line)) return;
          signalled = true;
          signal(name);
        },
      });

      const events = eventsOf(run);
      const stoppedAt = events.findIndex((event) => event.event === "state" && event.safety === "stopped");
      expect(run.code).toBe(3);
      expect(missionEnd(run)).toMatchObject({ outcome: "stopped", code: "stopped" });
      expect(stoppedAt).toBeGreaterThan(0);
      expect(missionEnd(run).receipts).toMatchObject([
        { action: { action: "grasp" }, grade: "failed", code: "stopped" },
      ]);
      expect(events.slice(stoppedAt).filter(({ event }) => event === "command")).toEqual([]);
    },
  );
});
