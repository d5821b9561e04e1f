import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { launchJsonSchema, launchMarkdown } from "../../src/app/launch/launch-reference.js";
import { profileJsonSchema } from "../../src/app/load-profile.js";
import { mqttMarkdown } from "../../src/transports/mqtt/reference.js";
import { ROOT } from "./run-cli.js";

/** The generated pages of docs/reference by file name, formatted as the repository is. */
export async function referencePages(): Promise<Readonly<Record<string, string>>> {
  return {
    "launch.schema.json": await format(JSON.stringify(launchJsonSchema()), { parser: "json", printWidth: 120 }),
    "profile.schema.json": await format(JSON.stringify(profileJsonSchema()), { parser: "json", printWidth: 120 }),
    "mqtt.md": await format(mqttMarkdown(), { parser: "markdown", printWidth: 120 }),
    "launch.md": await format(launchMarkdown(), { parser: "markdown", printWidth: 120 }),
  };
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, text] of Object.entries(await referencePages())) {
    writeFileSync(join(ROOT, "docs/reference", name), text);
  }
}
