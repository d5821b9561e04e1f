import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ControllerError } from "../../domain/errors.js";
import type { SkillArtefact } from "../../domain/skill/skill-messages.js";
import type { NewArtefact } from "../../skill-kit/index.js";

/** The files of one run. */
export interface ArtefactRun {
  keep(artefact: NewArtefact & { readonly bytes: Uint8Array }): Promise<SkillArtefact>;
  keepFile(artefact: NewArtefact & { readonly write: (path: string) => Promise<void> }): Promise<SkillArtefact>;
  readonly kept: readonly SkillArtefact[];
  /** Takes everything back, what is being written too: a run that failed leaves no files. */
  discard(): Promise<void>;
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
 * says what made it. Rejects with `bad-input` for a name with folders in it or one that the run has used already, with
 * `recording-failed` when the disk refuses, and with `aborted` once the run has been discarded.
 */
export function createArtefactRun({ folder, skill, backend, isServed = false }: ArtefactRunOptions): ArtefactRun {
  const kept: SkillArtefact[] = [];
  const names = new Set<string>();
  let madeFolder = false;
  let isOver = false;
  let writing = 0;
  /** Refused while something is still in it. */
  const tidy = async (): Promise<void> => {
    if (isOver && madeFolder && writing === 0) await rmdir(folder).catch(() => undefined);
  };
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
      await writeFile(`${path}.recipe.json`, `${JSON.stringify(record, undefined, 2)}\n`);
      // Whoever was called off while it wrote must not leave a file behind.
      if (isOver) throw over();
      await rename(unfinished, path);
      kept.push(record);
      return record;
    } catch (cause) {
      names.delete(name);
      await rm(unfinished, { force: true }).catch(() => undefined);
      await rm(`${path}.recipe.json`, { force: true }).catch(() => undefined);
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
      for (const { path } of kept.splice(0)) {
        await rm(path, { force: true });
        await rm(`${path}.recipe.json`, { force: true });
      }
      await tidy();
    },
  };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}
