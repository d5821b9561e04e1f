import { readdir, readFile, realpath, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { artefactSchema, type SkillArtefact } from "../../domain/skill/skill-messages.js";

/** Everything that skills have kept in the robot's own folder, by run and name. */
export interface ArtefactShelf {
  /** Newest run first. */
  list(): Promise<readonly SkillArtefact[]>;
  /** Undefined for what is not there, and for every name that would lead anywhere else. */
  find(run: string, name: string): Promise<SkillArtefact | undefined>;
  /** Removes the oldest runs until `mostBytes` hold the rest. Runs in `keep` stay. */
  prune(mostBytes: number, keep: ReadonlySet<string>): Promise<void>;
}

const RUN = /^[A-Za-z0-9][A-Za-z0-9-]{0,120}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/;
const MOST_LISTED = 200;

export function createArtefactShelf(folder: string): ArtefactShelf {
  /** Their names begin with the time, so the order of names is that of age. */
  const runs = async (): Promise<readonly string[]> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isDirectory() && RUN.test(entry.name))
      .map(({ name }) => name)
      .sort((a, b) => (a < b ? -1 : 1));
  };

  async function find(run: string, name: string): Promise<SkillArtefact | undefined> {
    if (!RUN.test(run) || !NAME.test(name) || name.endsWith(".recipe.json")) return undefined;
    const path = join(folder, run, name);
    const real = await realpath(path).catch(() => undefined);
    // A link that somebody has put there leads out of the folder.
    if (real === undefined || real !== join(await realpath(folder), run, name)) return undefined;
    const found = await stat(real).catch(() => undefined);
    const text = await readFile(`${path}.recipe.json`, "utf8").catch(() => undefined);
    if (found?.isFile() !== true || text === undefined) return undefined;
    const record = artefactSchema.safeParse(parse(text));
    return record.success
      ? { ...record.data, path: real, bytes: found.size, url: `/artefacts/${run}/${name}` }
      : undefined;
  }

  return {
    find,
    async list() {
      const listed: SkillArtefact[] = [];
      for (const run of (await runs()).toReversed()) {
        const names = await readdir(join(folder, run)).catch(() => []);
        for (const name of names.toSorted((a, b) => a.localeCompare(b))) {
          const artefact = await find(run, name);
          if (artefact !== undefined) listed.push(artefact);
          if (listed.length >= MOST_LISTED) return listed;
        }
      }
      return listed;
    },
    async prune(mostBytes, keep) {
      const sizes = await Promise.all(
        (await runs()).map(async (run) => ({ run, bytes: await bytesIn(join(folder, run)) })),
      );
      let total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
      for (const { run, bytes } of sizes) {
        if (total <= mostBytes) return;
        if (keep.has(run)) continue;
        await rm(join(folder, run), { recursive: true, force: true });
        total -= bytes;
      }
    },
  };
}

async function bytesIn(folder: string): Promise<number> {
  let total = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    total += found?.size ?? 0;
  }
  return total;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
