import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { referencePages } from "../support/write-reference.js";
import { ROOT } from "../support/run-cli.js";

it("keeps docs/reference as the schemas are (npm run docs writes it)", async () => {
  for (const [name, text] of Object.entries(await referencePages())) {
    expect(readFileSync(join(ROOT, "docs/reference", name), "utf8"), name).toBe(text);
  }
});
