import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { checkStatus, openUrl, PullProblem, type Http, type PullFailure } from "../../adapters/model-store/index.js";
import { fail, ok, type Result } from "../../domain/result.js";
import { catalogCardSchema, readCatalog, type CatalogCard } from "./catalog-card.js";

export interface FoundCard {
  readonly card: CatalogCard;
  /** Where the card is from, for people. */
  readonly from: string;
  /** Address that the files' addresses are relative to: the card's `base`, else the card's own place. */
  readonly base: string;
}

const LARGEST_CARD = 1_000_000;

/** A model's card by a name of the catalogue, by address, or by the path of a card or its folder. */
export async function findCard(
  what: string,
  { http, signal, catalog = readCatalog() }: { http: Http; signal: AbortSignal; catalog?: readonly CatalogCard[] },
): Promise<Result<FoundCard, PullFailure>> {
  const listed = catalog.find(({ name }) => name === what.toLowerCase());
  if (listed !== undefined) return ok({ card: listed, from: "the catalogue", base: listed.base ?? "" });
  if (/^https?:\/\//.test(what)) return fetchCard(what, http, signal);

  const path = resolve(what);
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "model.json") : path;
  if (existsSync(file)) return readCard(readFileSync(file, "utf8"), file, pathToFileURL(`${dirname(file)}/`).href);
  const names = catalog.map(({ name }) => name).join(", ");
  return fail(
    "bad-card",
    `Expected a name of the catalogue (${names}), the address of a card, or a path; found "${what}".`,
  );
}

async function fetchCard(url: string, http: Http, signal: AbortSignal): Promise<Result<FoundCard, PullFailure>> {
  try {
    const { response } = await openUrl(url, {}, { http, signal });
    checkStatus(response, url);
    const text = await response.text();
    if (text.length > LARGEST_CARD) return fail("bad-card", `${url} is no card: it has ${text.length} characters.`);
    return readCard(text, url, new URL(".", url).href);
  } catch (error) {
    if (error instanceof PullProblem) return error.toFailure({ url });
    throw error;
  }
}

function readCard(text: string, from: string, place: string): Result<FoundCard, PullFailure> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail(
      "bad-card",
      `Expected a model card (JSON) at ${from}, found "${text.slice(0, 60).replaceAll(/\s+/g, " ")}".`,
    );
  }
  const parsed = catalogCardSchema.safeParse(json);
  if (!parsed.success) return fail("bad-card", `The card at ${from} does not fit: ${z.prettifyError(parsed.error)}`);
  return ok({ card: parsed.data, from, base: parsed.data.base ?? place });
}
