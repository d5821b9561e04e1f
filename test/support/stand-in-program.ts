import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Programs that take the place of others for a test. */
export interface StandInPrograms {
  /** Writes one in JavaScript and returns its path. */
  write(name: string, script: string): string;
  /** A path at which there is nothing. */
  readonly missing: string;
  remove(): void;
}

export function standInPrograms(): StandInPrograms {
  const folder = mkdtempSync(join(tmpdir(), "handeye-programs-"));
  return {
    missing: join(folder, "none"),
    write(name, script) {
      const path = join(folder, `${name}.cjs`);
      writeFileSync(path, `#!${process.execPath}\n${script}`);
      chmodSync(path, 0o755);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** `sendWav(samples)` for a script: a tone of 24 kHz as a WAV file on the output, its length left open as pipes do. */
export const SEND_WAV = `
  const head = Buffer.from("524946460000000057415645666d74201000000001000100c05d000080bb00000200100064617461ffffffff", "hex");
  const sendWav = (samples) => {
    const pcm = Buffer.alloc(2 * samples);
    for (let i = 0; i < samples; i++) pcm.writeInt16LE(Math.round(9000 * Math.sin(i / 9)), 2 * i);
    process.stdout.write(Buffer.concat([head, pcm]));
  };
  const readInput = (use) => { const chunks = []; process.stdin.on("data", (d) => chunks.push(d)).on("end", () => use(Buffer.concat(chunks))); };
`;
