import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { referencePages } from "../support/write-reference.js";
import { ROOT } from "../support/run-cli.js";

it("keeps docs/reference as the schemas are (npm run docs writes it)", async () => {
  const pages = await referencePages();
  const written = Object.keys(pages).map((name) => [name, readFileSync(join(ROOT, "docs/reference", name), "utf8")]);

  expect(Object.fromEntries(written)).toEqual(pages);
});
