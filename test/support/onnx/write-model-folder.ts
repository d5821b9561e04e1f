import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of weights with a true card, in the temporary folder of the machine. */
export async function writeModelFolder(
  files: Readonly<Record<string, Uint8Array | string>>,
  card: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "weights-"));
  const listed = Object.entries(files).map(([path, content]) => {
    const bytes = Buffer.from(content);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
    return { path, bytes: bytes.byteLength, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
  const whole = {
    name: "made for a test",
    task: "picture to something simple",
    source: "built by the test",
    licence: "Apache-2.0",
    files: listed,
    inputs: [],
    outputs: [],
    figures: {},
    limits: [],
    labels: {},
    ...card,
  };
  writeFileSync(join(folder, "model.json"), JSON.stringify(whole));
  return folder;
}
