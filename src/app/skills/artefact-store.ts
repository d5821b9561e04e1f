import { mkdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ControllerError } from "../../domain/errors.js";
import type { SkillArtefact } from "../../domain/skill/skill-messages.js";
import type { NewArtefact } from "../../skill-kit/index.js";
import { hashOf, setAside, type Aside } from "./set-aside.js";

/** The files of one run. */
export interface ArtefactRun {
  keep(artefact: NewArtefact & { readonly bytes: Uint8Array }): Promise<SkillArtefact>;
  keepFile(artefact: NewArtefact & { readonly write: (path: string) => Promise<void> }): Promise<SkillArtefact>;
  readonly kept: readonly SkillArtefact[];
  /** Takes everything back, what is being written too: a run that failed leaves no files, and those of earlier runs as they were. */
  discard(): Promise<void>;
  /** The run has succeeded: what it replaced is gone for good. */
  settle(): Promise<void>;
}

export interface ArtefactRunOptions {
  /** A folder of its own; made when the first file comes. */
  readonly folder: string;
  readonly skill: string;
  readonly backend: string;
  /** True where the folder is one that the robot's web server shows; the records then say where. */
  readonly isServed?: boolean;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/;

/**
 * Files appear under their names only whole: they are written beside them and renamed. Beside each lies `<name>.recipe.json`, which
 * says what made it. Files that an earlier run left under the same names are replaced, others never. Rejects with `bad-input` for a name with folders in it or one that the run has used already, with
 * `recording-failed` when the disk refuses or somebody else's file has the name, and with `aborted` once the run has been discarded.
 */
export function createArtefactRun({ folder, skill, backend, isServed = false }: ArtefactRunOptions): ArtefactRun {
  const kept: SkillArtefact[] = [];
  const names = new Set<string>();
  const replaced = new Map<string, Aside>();
  let madeFolder = false;
  let isOver = false;
  let writing = 0;
  /** Refused while something is still in it. */
  const tidy = async (): Promise<void> => {
    if (isOver && madeFolder && writing === 0) await rmdir(folder).catch(() => undefined);
  };
  async function takeBack(path: string): Promise<void> {
    await rm(path, { force: true });
    await rm(`${path}.recipe.json`, { force: true });
    await replaced.get(path)?.restore();
    replaced.delete(path);
  }
  const pathOf = (name: string): string => join(folder, name);

  async function keepFile(artefact: Parameters<ArtefactRun["keepFile"]>[0]): Promise<SkillArtefact> {
    const { name, mediaType, recipe = {}, write } = artefact;
    if (!NAME.test(name) || name.endsWith(".recipe.json")) {
      throw new ControllerError("bad-input", `Expected a plain file name for what is kept, found "${name}".`);
    }
    if (names.has(name)) throw new ControllerError("bad-input", `This run has kept a file "${name}" already.`);
    names.add(name);
    const path = pathOf(name);
    const unfinished = join(folder, `.${name}.part`);
    const over = (): ControllerError => new ControllerError("aborted", "The run has ended; it keeps nothing more.");
    /** From here on what has the file's name is this run's. */
    let isOwn = false;
    writing += 1;
    try {
      if (isOver) throw over();
      madeFolder ||= (await mkdir(folder, { recursive: true })) !== undefined;
      await write(unfinished);
      const { size } = await stat(unfinished);
      if (size === 0) throw new Error("nothing was written");
      const record: SkillArtefact = {
        name,
        mediaType,
        bytes: size,
        sha256: await hashOf(unfinished),
        path,
        ...(isServed ? { url: `/artefacts/${basename(folder)}/${name}` } : {}),
        recipe: { ...recipe, skill, backend },
      };
      const before = await setAside(path);
      if (before !== undefined) replaced.set(path, before);
      isOwn = true;
      await writeFile(`${path}.recipe.json`, `${JSON.stringify(record, undefined, 2)}\n`);
      // Whoever was called off while it wrote must not leave a file behind.
      if (isOver) throw over();
      await rename(unfinished, path);
      kept.push(record);
      return record;
    } catch (cause) {
      names.delete(name);
      await rm(unfinished, { force: true }).catch(() => undefined);
      if (isOwn) await takeBack(path).catch(() => undefined);
      if (cause instanceof ControllerError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ControllerError(
        "recording-failed",
        `${path} could not be kept: ${reason}. Make room on the disk, or choose another folder.`,
        { cause },
      );
    } finally {
      writing -= 1;
      await tidy();
    }
  }

  return {
    keepFile,
    keep: ({ bytes, ...artefact }) => keepFile({ ...artefact, write: (path) => writeFile(path, bytes) }),
    get kept() {
      return [...kept];
    },
    async discard() {
      isOver = true;
      for (const { path } of kept.splice(0)) await takeBack(path);
      await tidy();
    },
    async settle() {
      for (const before of replaced.values()) await before.drop();
      replaced.clear();
    },
  };
}
