import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MissionSnapshot, TaskState } from "../execution/index.js";

/** Keeps the last snapshot of a robot's mission on disk, so that a restart can show what was interrupted. */
export interface MissionStore {
  /** Replaces the file whole; a full or read-only disk is no reason to stop a robot, so failures are swallowed. */
  readonly save: (snapshot: MissionSnapshot) => void;
  /** The mission that was under way when the program last ended; undefined when it had ended, or there is none. */
  interrupted(): MissionSnapshot | undefined;
}

/** States of a mission that has begun and has not ended. */
export const UNDER_WAY: readonly TaskState[] = [
  "perceiving",
  "planning",
  "approving",
  "awaiting-operator",
  "executing",
  "verifying",
];

export function createMissionStore(stateDir: string, robotId: string): MissionStore {
  const folder = join(stateDir, robotId);
  const file = join(folder, "mission.json");
  let isThere = false;
  return {
    save(snapshot) {
      try {
        // The main thread waits for the disk here, so once is enough.
        if (!isThere) mkdirSync(folder, { recursive: true });
        isThere = true;
        const part = `${file}.${process.pid}`;
        writeFileSync(part, JSON.stringify(snapshot));
        renameSync(part, file);
      } catch {
        // Told by `interrupted` finding nothing; the mission itself does not depend on it.
        isThere = false;
      }
    },
    interrupted() {
      try {
        const snapshot = JSON.parse(readFileSync(file, "utf8")) as Partial<MissionSnapshot>;
        const isOurs = snapshot.version === 1 && snapshot.task !== undefined && UNDER_WAY.includes(snapshot.task);
        return isOurs ? (snapshot as MissionSnapshot) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
