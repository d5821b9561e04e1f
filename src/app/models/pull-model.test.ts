import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startHubServer, type HubServer } from "../../../test/support/servers/hub-server.js";
import type { Http } from "../../adapters/model-store/index.js";
import { catalogCardSchema, type CatalogFile } from "./catalog-card.js";
import { findCard, type FoundCard } from "./find-card.js";
import { inspectPulled } from "./inspect-models.js";
import { pullModel, type PullOptions } from "./pull-model.js";
import { removeModel } from "./remove-model.js";

const TOKEN = "hf_secret";
const WEIGHTS = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 251));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const processes = { own: 4242, isAlive: (pid: number) => pid === 4242 };

let hub: HubServer;
let store: string;
let http: Http;
beforeEach(async () => {
  hub = await startHubServer();
  hub.put("w.onnx", WEIGHTS);
  hub.put("config.json", "{}");
  store = join(mkdtempSync(join(tmpdir(), "handeye-store-")), "models");
  http = { fetch: globalThis.fetch, tokenHosts: [hub.host], token: TOKEN };
});
afterEach(async () => hub.close());

const cardOf = (files: readonly Partial<CatalogFile>[], more: object = {}): FoundCard => {
  const card = { name: "m", task: "t", source: "s", licence: "MIT", permissive: true, files, ...more };
  return { card: catalogCardSchema.parse(card), from: "a test", base: hub.url };
};
const known = { path: "w.onnx", bytes: WEIGHTS.length, sha256: sha256(WEIGHTS) };

const pull = (found: FoundCard, more: Partial<PullOptions> = {}) =>
  pullModel(found, {
    store,
    http,
    signal: new AbortController().signal,
    // Pauses between attempts are as good as over; only the watch for stalled transfers is waited for.
    delay: (ms, { signal }) => delay(ms === 300 ? ms : 0, undefined, { signal }),
    stallMs: 300,
    maxRetries: 2,
    processes,
    freeBytes: async () => 1e12,
    ...more,
  });
/** Breaks the connection once so much has arrived. */
const cutAt = (bytes: number): Pick<PullOptions, "onProgress"> => ({
  onProgress: ({ received }) => received >= bytes && hub.cut(),
});
const ranges = (): (string | undefined)[] => hub.requests.map(({ headers }) => headers.range);
const weightsThere = (): boolean =>
  existsSync(join(store, "m/w.onnx")) && readFileSync(join(store, "m/w.onnx")).equals(WEIGHTS);

describe("pulling a model", () => {
  it("fetches every file, records what the card does not know, and says so", async () => {
    const result = await pull(cardOf([known, { path: "config.json" }]));

    expect(result).toMatchObject({ ok: true, value: { state: "pulled", trustedOnFirstUse: ["config.json"] } });
    expect(weightsThere()).toBe(true);
    expect(JSON.parse(readFileSync(join(store, "m/model.json"), "utf8"))).toMatchObject({
      files: [known, { path: "config.json", bytes: 2, sha256: sha256(Buffer.from("{}")) }],
    });
    expect(readdirSync(join(store, "m")).sort()).toEqual(["config.json", "model.json", "w.onnx"]);
    expect(await inspectPulled(store)).toMatchObject([{ name: "m", folder: join(store, "m") }]);
    expect((await inspectPulled(store))[0].problem).toBeUndefined();
  });

  it("asks for nothing when the model is there, and again when a byte of it has changed", async () => {
    const found = cardOf([known]);
    await pull(found);

    expect(await pull(found)).toMatchObject({ ok: true, value: { state: "already-there" } });
    expect(hub.requests).toHaveLength(1);
    writeFileSync(join(store, "m/w.onnx"), Buffer.alloc(WEIGHTS.length));
    expect((await inspectPulled(store))[0].problem).toMatch(/damaged.*pull the model again/);
    expect(await pull(found)).toMatchObject({ ok: true, value: { state: "pulled" } });
    expect(weightsThere()).toBe(true);
  });

  it("goes on from where a transfer broke", async () => {
    hub.will({ silentAfter: 40_000 });

    expect(await pull(cardOf([known]), cutAt(40_000))).toMatchObject({ ok: true });
    expect(ranges()[1]).toBe("bytes=40000-");
    expect(hub.requests[1].headers["if-range"]).toBe('"v1"');
    expect(weightsThere()).toBe(true);
  });

  it("goes on in a later pull, without what was finished before", async () => {
    const found = cardOf([{ path: "config.json" }, known]);
    hub.will({}, { silentAfter: 50_000 });

    expect(await pull(found, { maxRetries: 0, ...cutAt(50_000) })).toMatchObject({ ok: false, code: "link-lost" });
    expect(existsSync(join(store, "m"))).toBe(false);
    expect(await pull(found)).toMatchObject({ ok: true, value: { trustedOnFirstUse: ["config.json"] } });
    expect(hub.requests.map(({ path }) => path)).toEqual(["/config.json", "/w.onnx", "/w.onnx"]);
    expect(ranges()[2]).toBe("bytes=50000-");
    expect(weightsThere()).toBe(true);
  });

  it("only checks what broke off after the last byte", async () => {
    const part = join(store, ".pulling/m/w.onnx");
    // As a pull leaves it that died before it could put the file in place.
    mkdirSync(join(store, ".pulling/m"), { recursive: true });
    writeFileSync(`${part}.part`, WEIGHTS);
    writeFileSync(`${part}.part.json`, JSON.stringify({ url: `${hub.url}w.onnx`, etag: '"v1"' }));

    expect(await pull(cardOf([known]))).toMatchObject({ ok: true });
    expect(ranges().at(-1)).toBe(`bytes=${WEIGHTS.length}-`);
    expect(weightsThere()).toBe(true);
  });

  it("begins again when the file has changed in between", async () => {
    const changed = Buffer.from(WEIGHTS).reverse();
    hub.will({ silentAfter: 50_000 });
    await pull(cardOf([{ path: "w.onnx" }]), { maxRetries: 0, ...cutAt(50_000) });
    hub.put("w.onnx", changed);

    expect(await pull(cardOf([{ path: "w.onnx" }]))).toMatchObject({ ok: true });
    expect(readFileSync(join(store, "m/w.onnx")).equals(changed)).toBe(true);
  });

  it("begins again where the server has no ranges", async () => {
    hub.will({ silentAfter: 50_000 }, { noRanges: true });

    expect(await pull(cardOf([known]), cutAt(50_000))).toMatchObject({ ok: true });
    expect(ranges()[1]).toBe("bytes=50000-");
    expect(weightsThere()).toBe(true);
  });

  it("takes a file whose length is not told", async () => {
    hub.will({ noLength: true });

    expect(await pull(cardOf([known]))).toMatchObject({ ok: true });
    expect(weightsThere()).toBe(true);
  });

  it("breaks a transfer off that stands still, and goes on", async () => {
    hub.will({ silentAfter: 30_000 });

    expect(await pull(cardOf([known]))).toMatchObject({ ok: true });
    expect(ranges()[1]).toMatch(/^bytes=\d+-$/);
    expect(weightsThere()).toBe(true);
  });

  it("gives up on a server that keeps silent", async () => {
    hub.will({ silentAfter: 1 }, { silentAfter: 1 });

    expect(await pull(cardOf([known]), { maxRetries: 1 })).toMatchObject({ ok: false, code: "timeout" });
  });

  it("waits as long as a busy server asks", async () => {
    const waits: number[] = [];
    const told: string[] = [];
    hub.will({ status: 429, headers: { "retry-after": "7" } }, { status: 500 });

    const result = await pull(cardOf([known]), {
      onRetry: (why) => void told.push(why),
      delay: async (ms, { signal }) => {
        if (ms === 300) return delay(ms, undefined, { signal });
        waits.push(ms);
      },
    });

    expect(result).toMatchObject({ ok: true });
    expect(waits).toEqual([7000, 1000]);
    expect(told).toEqual([expect.stringMatching(/HTTP 429/), expect.stringMatching(/HTTP 500/)]);
  });

  it.each([
    ["ECONNREFUSED", 3],
    ["ENOTFOUND", 1],
    ["CERT_HAS_EXPIRED", 1],
  ])("tries again only what may pass: %s", async (code, attempts) => {
    let calls = 0;
    const broken = (): Promise<Response> => {
      calls += 1;
      return Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) }));
    };

    const result = await pull(cardOf([known]), { http: { ...http, fetch: broken } });

    expect(result).toMatchObject({ ok: false, code: "link-lost" });
    expect(calls).toBe(attempts);
  });

  it.each([
    [401, "unauthorized", 1],
    [403, "unauthorized", 1],
    [404, "model-not-found", 1],
    [410, "model-not-found", 1],
    [429, "rate-limited", 3],
    [500, "server-error", 3],
    [503, "server-error", 3],
    [418, "bad-answer", 1],
  ] as const)("says what HTTP %i means", async (status, code, requests) => {
    hub.will({ status }, { status }, { status });

    const result = await pull(cardOf([known]));

    expect(result).toMatchObject({ ok: false, code });
    expect(hub.requests).toHaveLength(requests);
    expect(JSON.stringify(result)).not.toContain(TOKEN);
    expect(existsSync(join(store, "m"))).toBe(false);
  });

  it.each([
    ["another file", { sha256: "0".repeat(64), bytes: WEIGHTS.length }, {}, "damaged"],
    ["a file that is longer than the card says", { bytes: 10 }, {}, "damaged"],
    ["what is not what the hub states", {}, { headers: { "x-linked-etag": `"${"1".repeat(64)}"` } }, "damaged"],
    ["a web page", {}, { page: true }, "bad-answer"],
  ] as const)("does not keep %s", async (_, expected, step, code) => {
    hub.will(step);

    expect(await pull(cardOf([{ path: "w.onnx", ...expected }]))).toMatchObject({ ok: false, code });
    expect(existsSync(join(store, "m"))).toBe(false);
    expect(existsSync(join(store, ".pulling/m/w.onnx.part"))).toBe(false);
  });

  it("does not take a shorter file for a whole one", async () => {
    const result = await pull(cardOf([{ path: "w.onnx", bytes: WEIGHTS.length + 1 }]));

    expect(result).toMatchObject({ ok: false });
    expect(existsSync(join(store, "m"))).toBe(false);
  });

  it("follows to another host, without the token, and records the hub's commit", async () => {
    const other = await startHubServer();
    other.put("cdn/blob", WEIGHTS);
    hub.will({
      redirect: `${other.url}cdn/blob`,
      headers: { "x-repo-commit": "a".repeat(40), "x-linked-etag": `"${sha256(WEIGHTS)}"` },
    });

    const result = await pull(cardOf([{ path: "w.onnx" }]));
    await other.close();

    expect(result).toMatchObject({ ok: true, value: { card: { pulled: { commit: "a".repeat(40) } } } });
    expect(hub.requests[0].headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(other.requests[0].headers.authorization).toBeUndefined();
    expect(weightsThere()).toBe(true);
  });

  it("sends no token to a host that a card names", async () => {
    http = { ...http, tokenHosts: ["huggingface.co"] };
    await pull(cardOf([known]));

    expect(hub.requests[0].headers.authorization).toBeUndefined();
  });

  it("leaves a redirect without an end", async () => {
    hub.will(...Array.from({ length: 9 }, () => ({ redirect: "/w.onnx" })));

    expect(await pull(cardOf([known]))).toMatchObject({ ok: false, code: "bad-answer" });
  });

  it("keeps what came when it is called off", async () => {
    const off = new AbortController();
    hub.will({ silentAfter: 60_000 });
    const pulling = pull(cardOf([known]), {
      signal: off.signal,
      onProgress: ({ received }) => received >= 60_000 && off.abort(),
    });

    await expect(pulling).rejects.toMatchObject({ code: "aborted" });
    expect(statSync(join(store, ".pulling/m/w.onnx.part")).size).toBe(60_000);
    expect(await pull(cardOf([known]))).toMatchObject({ ok: true });
    expect(ranges()[1]).toBe("bytes=60000-");
    expect(weightsThere()).toBe(true);
  });

  it("tells how far it is", async () => {
    const told: (readonly [number, number | undefined])[] = [];
    await pull(cardOf([known]), { onProgress: ({ received, total }) => told.push([received, total]) });

    expect(told.at(-1)).toEqual([WEIGHTS.length, WEIGHTS.length]);
  });

  it("takes the mirror in place of the hub, for cards of the hub only", async () => {
    hub.put("org/repo/resolve/main/w.onnx", WEIGHTS);
    const base = "https://huggingface.co/org/repo/resolve/main/";
    const found = { ...cardOf([known]), base };

    expect(await pull(found, { mirror: hub.url })).toMatchObject({ ok: true });
    expect(hub.requests.map(({ path }) => path)).toEqual(["/org/repo/resolve/main/w.onnx"]);
  });

  it("goes without optional files that are not there", async () => {
    const result = await pull(cardOf([known, { path: "extra.json", optional: true }]));

    expect(result).toMatchObject({ ok: true, value: { card: { files: [{ path: "w.onnx" }] } } });
  });
});

describe("before anything is fetched", () => {
  it.each([
    ["consent to a restricted licence", { licence: "CC-BY-NC-4.0", permissive: false }, {}, "licence-not-accepted"],
    ["consent that is refused", { permissive: false }, { consent: async () => false }, "licence-not-accepted"],
    ["room on the disk", {}, { freeBytes: async () => 1e6 }, "no-space"],
    ["the network, when offline is set", {}, { offline: true }, "offline"],
  ] as const)("a pull needs %s", async (_, card, more, code) => {
    expect(await pull(cardOf([known], card), more)).toMatchObject({ ok: false, code });
    expect(hub.requests).toEqual([]);
  });

  it.each([{ acceptLicence: true }, { consent: async () => true }])("consent can be given: %j", async (more) => {
    expect(await pull(cardOf([known], { permissive: false }), more)).toMatchObject({ ok: true });
  });

  it("nobody is asked again about a model that is there", async () => {
    const found = cardOf([known], { permissive: false });
    await pull(found, { acceptLicence: true });

    expect(await pull(found)).toMatchObject({ ok: true, value: { state: "already-there" } });
  });

  it.each(["model.json", "w.onnx.done.json"])(
    "what a crash has left half written is not believed: %s",
    async (name) => {
      const folder = name === "model.json" ? "m" : ".pulling/m";
      mkdirSync(join(store, folder), { recursive: true });
      writeFileSync(join(store, folder, "w.onnx"), WEIGHTS.subarray(1));
      writeFileSync(join(store, folder, name), '{"sha2');

      expect(await pull(cardOf([known]))).toMatchObject({ ok: true, value: { state: "pulled" } });
      expect(weightsThere()).toBe(true);
    },
  );

  it("two pulls of one model do not meet, and a dead one's lock is taken over", async () => {
    hub.will({ silentAfter: 10 });
    const off = new AbortController();
    const first = pull(cardOf([known]), {
      signal: off.signal,
      delay: (ms, o) => delay(ms, undefined, o),
      stallMs: 60_000,
    });
    await hub.untilAnswered(1);

    expect(await pull(cardOf([known]))).toMatchObject({ ok: false, code: "locked" });
    expect(await removeModel("m", { store, processes })).toMatchObject({ ok: false, code: "locked" });
    off.abort();
    await expect(first).rejects.toMatchObject({ code: "aborted" });
    writeFileSync(join(store, ".m.lock"), "99999");
    expect(await pull(cardOf([known]))).toMatchObject({ ok: true });
    expect(existsSync(join(store, ".m.lock"))).toBe(false);
  });
});

describe("importing a model", () => {
  it("takes the files from a folder, by path or by name, and needs no network", async () => {
    const from = mkdtempSync(join(tmpdir(), "handeye-from-"));
    writeFileSync(join(from, "w.onnx"), WEIGHTS);

    const result = await pull(cardOf([{ ...known, path: "onnx/w.onnx" }]), { from, offline: true });

    expect(result).toMatchObject({ ok: true, value: { card: { pulled: { from } } } });
    expect(readFileSync(join(store, "m/onnx/w.onnx")).equals(WEIGHTS)).toBe(true);
    expect(hub.requests).toEqual([]);
  });

  it.each([
    ["that is missing", undefined, "model-not-found"],
    ["of another size", Buffer.alloc(3), "damaged"],
    ["with other bytes", Buffer.alloc(WEIGHTS.length), "damaged"],
  ])("refuses a file %s", async (_, bytes, code) => {
    const from = mkdtempSync(join(tmpdir(), "handeye-from-"));
    if (bytes !== undefined) writeFileSync(join(from, "w.onnx"), bytes);

    expect(await pull(cardOf([known]), { from })).toMatchObject({ ok: false, code });
    expect(existsSync(join(store, "m"))).toBe(false);
  });
});

describe("finding a card", () => {
  const live = new AbortController().signal;

  it("reads one from an address, and its files beside it", async () => {
    const { card } = cardOf([known]);
    hub.put("cards/model.json", JSON.stringify(card));
    hub.put("cards/w.onnx", WEIGHTS);

    const found = await findCard(`${hub.url}cards/model.json`, { http, signal: live });

    expect(found).toMatchObject({ ok: true, value: { base: `${hub.url}cards/` } });
    expect(found.ok && (await pull(found.value))).toMatchObject({ ok: true });
  });

  it("does not let a card from the network take files of this machine", async () => {
    const { card } = cardOf([{ path: "w.onnx", url: "file:///etc/hostname" }]);

    expect(await pull({ card, from: hub.url, base: hub.url })).toMatchObject({ ok: false, code: "bad-card" });
  });

  it.each([
    ["grounding-dino-tiny", true],
    ["nothing-of-the-kind", false],
  ])("knows names of the catalogue: %s", async (name, ok) => {
    expect(await findCard(name, { http, signal: live })).toMatchObject({ ok });
  });

  it.each(["<html>", "{}", '{"name": "../x"}'])("refuses what is no card: %s", async (text) => {
    hub.put("model.json", text);

    expect(await findCard(`${hub.url}model.json`, { http, signal: live })).toMatchObject({
      ok: false,
      code: "bad-card",
    });
  });
});

describe("removing a model", () => {
  it("deletes what was pulled", async () => {
    await pull(cardOf([known]));

    expect(await removeModel("m", { store, processes })).toMatchObject({ ok: true });
    expect(existsSync(join(store, "m"))).toBe(false);
  });

  it.each(["eyes", "../models", "."])("touches nothing else: %s", async (name) => {
    expect(await removeModel(name, { store, processes })).toMatchObject({ ok: false, code: "model-not-found" });
  });
});
