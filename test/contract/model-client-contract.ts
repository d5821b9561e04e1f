import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LinkOptions } from "../../src/adapters/model-link/index.js";
import { createRandom } from "../../src/domain/random.js";
import type { ModelClient, ModelRequest } from "../../src/ports/model-client.js";
import type { ModelServer, ServerStep } from "../support/servers/model-server.js";
import { TINY_JPEG, TINY_PNG } from "../support/servers/tiny-pictures.js";
import { createVirtualTime } from "../support/servers/virtual-time.js";

export interface ModelClientUnderTest {
  readonly create: (options: LinkOptions) => ModelClient;
  readonly startServer: () => Promise<ModelServer>;
  /** A model id that this dialect gives schema and temperature to. */
  readonly model: string;
  /** False for servers that never withhold an answer. */
  readonly filters?: boolean;
}

const KEY = "sk-7f3a-NOT-for-logs";
const HEADER_SECRET = "tenant-5521-private";
const TIMEOUT_MS = 60_000;
const SCHEMA = {
  type: "object",
  properties: { action: { type: "string", enum: ["pick", "stop"] } },
  required: ["action"],
  additionalProperties: false,
} as const;
const REQUEST: ModelRequest = {
  system: "You plan for a robot.",
  turns: [
    { role: "user", text: "Before.", images: [TINY_JPEG] },
    { role: "assistant", text: '{"action":"pick"}' },
    { role: "user", text: "And now? 现在呢？", images: [TINY_PNG] },
  ],
  jsonSchema: SCHEMA,
  maxOutputTokens: 321,
  temperature: 0.25,
};
const ANSWER = '{"action": "stop"}';
const idle = { signal: new AbortController().signal };

/** What every model client promises, whichever server is behind it. Real HTTP on loopback; time only passes when told. */
export function describeModelClientContract(name: string, subject: ModelClientUnderTest): void {
  describe(`model client contract: ${name}`, () => {
    const time = { current: createVirtualTime({ holdFromMs: TIMEOUT_MS }) };
    let server: ModelServer;
    let client: ModelClient;
    const create = (more: Partial<LinkOptions> = {}): ModelClient =>
      subject.create({
        baseUrl: server.baseUrl,
        model: subject.model,
        apiKey: KEY,
        timeoutMs: TIMEOUT_MS,
        maxRetries: 2,
        fetch: globalThis.fetch,
        delay: time.current.delay,
        random: createRandom(5),
        headers: { "x-tenant": HEADER_SECRET },
        ...more,
      });
    const ask = (...steps: ServerStep[]): ReturnType<ModelClient["complete"]> => {
      server.will(...steps);
      return client.complete(REQUEST, idle);
    };

    beforeEach(async () => {
      time.current = createVirtualTime({ holdFromMs: TIMEOUT_MS });
      server = await subject.startServer();
      client = create();
    });
    afterEach(async () => {
      await client.close();
      await server.close();
    });

    describe("an answer", () => {
      it("sends everything in the server's own terms, and reports text, tokens and the model that answered", async () => {
        const result = await ask({ reply: ANSWER, inputTokens: 812, outputTokens: 9 });

        expect(result).toEqual({
          ok: true,
          value: {
            text: expect.stringMatching(/^\{"action": ?"stop"\}$/) as unknown,
            finish: "stop",
            inputTokens: 812,
            outputTokens: 9,
            model: `${subject.model}-served`,
            attempts: 1,
          },
        });
        expect(server.requests).toHaveLength(1);
        expect(server.requests[0]).toMatchObject({
          model: subject.model,
          key: KEY,
          system: REQUEST.system,
          temperature: 0.25,
          maxOutputTokens: 321,
          turns: [
            { role: "user", text: "Before.", images: [pictureAs(TINY_JPEG)] },
            { role: "assistant", text: '{"action":"pick"}', images: [] },
            { role: "user", text: "And now? 现在呢？", images: [pictureAs(TINY_PNG)] },
          ],
          jsonSchema: { type: "object", properties: { action: { enum: ["pick", "stop"] } }, required: ["action"] },
        });
      });

      it("asks without schema, system text, pictures and key where there are none", async () => {
        client = create({ apiKey: undefined, headers: undefined });
        server.will({ reply: "Hello." });

        const bare = { system: "", turns: [{ role: "user", text: "Hi" }], maxOutputTokens: 9, temperature: 0 } as const;
        const result = await client.complete(bare, idle);

        expect(result).toMatchObject({ ok: true, value: { text: "Hello." } });
        expect(server.requests[0]).toMatchObject({
          system: "",
          jsonSchema: undefined,
          turns: [{ text: "Hi", images: [] }],
        });
        expect(server.requests[0].key ?? "").toBe("");
      });

      it("keeps two requests at once apart", async () => {
        server.will({ reply: ANSWER, inputTokens: 1 }, { reply: ANSWER, inputTokens: 2 });

        const results = await Promise.all([client.complete(REQUEST, idle), client.complete(REQUEST, idle)]);

        expect(new Set(results.map((r) => (r.ok ? r.value.inputTokens : undefined)))).toEqual(new Set([1, 2]));
      });

      it("says when the answer was cut at the token limit", async () => {
        expect(await ask({ reply: '{"action": "st', finish: "length" })).toMatchObject({
          ok: true,
          value: { finish: "length", text: '{"action": "st' },
        });
      });

      it.skipIf(subject.filters === false)("says when the provider withheld the answer", async () => {
        expect(await ask({ reply: "", finish: "filtered" })).toMatchObject({
          ok: true,
          value: { finish: "filtered", text: "" },
        });
      });

      it("takes an answer without text for a bad one, and does not ask again", async () => {
        expect(await ask({ reply: "" })).toMatchObject({ ok: false, code: "bad-answer", details: { attempts: 1 } });
      });

      it.each([
        ["no JSON at all", "<html>It works!</html>"],
        ["nothing", ""],
        ["half of a JSON text", '{"choices": [{"mess'],
        ["JSON of another kind", '{"hello": 1}'],
      ])("takes %s for a bad answer", async (_, raw) => {
        expect(await ask({ raw })).toMatchObject({ ok: false, code: "bad-answer", details: { attempts: 1 } });
      });

      it("refuses requests that do not end with the user's turn", async () => {
        const call = client.complete({ ...REQUEST, turns: REQUEST.turns.slice(0, 2) }, idle);

        await expect(call).rejects.toMatchObject({ code: "bad-input" });
      });
    });

    describe("failures that pass", () => {
      it.each([
        ["500", { status: 500 }],
        ["502", { status: 502, body: "<html>Bad gateway</html>" }],
        ["503", { status: 503, message: "Loading model" }],
        ["429", { status: 429 }],
        ["a connection that breaks before the answer", { cut: "before-answer" }],
        ["a connection that breaks in the answer", { cut: "half-answer" }],
      ] as const)("asks again after %s", async (_, fault) => {
        expect(await ask(fault, { reply: ANSWER })).toMatchObject({ ok: true, value: { attempts: 2 } });
      });

      it.each([
        [503, "server-error"],
        [429, "rate-limited"],
      ] as const)("gives up after its retries on %d, with growing pauses between them", async (status, code) => {
        const result = await ask({ status }, { status }, { status });

        expect(result).toMatchObject({ ok: false, code, details: { attempts: 3, status } });
        const [first, second] = time.current.pauses;
        expect(time.current.pauses).toHaveLength(2);
        expect(first).toBeGreaterThanOrEqual(250);
        expect(first).toBeLessThan(500);
        expect(second).toBeGreaterThanOrEqual(500);
        expect(second).toBeLessThan(1_000);
      });

      it("waits as long as the server asks, in seconds or by a date", async () => {
        const date = "Fri, 20 Nov 2026 10:00:00 GMT";
        const result = await ask(
          { status: 429, headers: { "retry-after": "7" } },
          { status: 503, headers: { date, "retry-after": "Fri, 20 Nov 2026 10:00:09 GMT" } },
          { reply: ANSWER },
        );

        expect(result).toMatchObject({ ok: true, value: { attempts: 3 } });
        expect(time.current.pauses).toEqual([7_000, 9_000]);
      });

      it("gives up at once when the server asks for more time than there is", async () => {
        const result = await ask({ status: 429, headers: { "retry-after": "3600" } });

        expect(result).toMatchObject({ ok: false, code: "rate-limited", details: { attempts: 1, retryAfterS: 3_600 } });
        expect(time.current.pauses).toEqual([]);
      });

      it("spends one time limit on all tries together", async () => {
        const call = ask({ status: 503 }, { silent: true });
        await server.untilRequests(2);

        time.current.elapse(TIMEOUT_MS);

        expect(await call).toMatchObject({ ok: false, code: "timeout", details: { attempts: 2 } });
      });

      it("says link-lost when nothing listens", async () => {
        await server.close();

        expect(await client.complete(REQUEST, idle)).toMatchObject({
          ok: false,
          code: "link-lost",
          message: expect.stringContaining("ECONNREFUSED") as unknown,
        });
        expect(time.current.pauses).toHaveLength(2);
      });
    });

    describe("failures that stay", () => {
      it.each([
        [401, "unauthorized"],
        [403, "unauthorized"],
        [404, "model-not-found"],
        [413, "unsupported"],
      ] as const)("does not ask again after %d", async (status, code) => {
        const result = await ask({ status, message: "No, because of reasons." });

        expect(result).toMatchObject({ ok: false, code, details: { attempts: 1, status } });
        expect(result).toMatchObject({ message: expect.stringContaining("No, because of reasons.") as unknown });
        expect(time.current.pauses).toEqual([]);
      });

      it("does not ask again when the host's name is unknown", async () => {
        const cause = Object.assign(new Error("getaddrinfo ENOTFOUND modle.example"), { code: "ENOTFOUND" });
        client = create({ fetch: () => Promise.reject(new TypeError("fetch failed", { cause })) });

        expect(await client.complete(REQUEST, idle)).toMatchObject({ ok: false, code: "link-lost" });
        expect(time.current.pauses).toEqual([]);
      });

      it("does not follow a redirect: pictures and keys go where the launch file says", async () => {
        const elsewhere = await subject.startServer();

        const result = await ask({ status: 307, headers: { location: elsewhere.baseUrl } });
        await elsewhere.close();

        expect(result).toMatchObject({ ok: false, code: "unsupported" });
        expect(elsewhere.requests).toEqual([]);
      });

      it("says timeout when no answer comes", async () => {
        const call = ask({ silent: true });
        await server.untilRequests(1);

        time.current.elapse(TIMEOUT_MS - 1);
        expect(time.current.running()).toBe(1);
        time.current.elapse(1);

        expect(await call).toMatchObject({ ok: false, code: "timeout" });
      });
    });

    describe("a server that refuses schemas", () => {
      it("asks in words instead, and remembers it", async () => {
        server.refuse((seen) => (seen.jsonSchema === undefined ? undefined : "grammar: not supported by this model"));
        server.will({ reply: ANSWER }, { reply: ANSWER });

        const first = await client.complete(REQUEST, idle);
        const second = await client.complete(REQUEST, idle);

        expect(first).toMatchObject({ ok: true, value: { attempts: 2 } });
        expect(second).toMatchObject({ ok: true, value: { attempts: 1 } });
        expect(server.requests.map(({ jsonSchema }) => jsonSchema === undefined)).toEqual([false, true, true]);
        expect(server.requests[2].system).toContain(JSON.stringify(SCHEMA));
      });

      it("does not blame the schema for a request that fails without it too", async () => {
        server.refuse(() => "prompt is too long");
        const refused = await client.complete(REQUEST, idle);
        server.refuse(() => undefined);
        server.will({ reply: ANSWER });
        await client.complete(REQUEST, idle);

        expect(refused).toMatchObject({ ok: false, code: "unsupported" });
        expect(refused).toMatchObject({ message: expect.stringContaining("prompt is too long") as unknown });
        expect(server.requests.at(-1)?.jsonSchema).toBeDefined();
      });
    });

    describe("being called off", () => {
      it("does not begin when called off before", async () => {
        const call = client.complete(REQUEST, { signal: AbortSignal.abort() });

        await expect(call).rejects.toMatchObject({ name: "ControllerError", code: "aborted" });
        expect(server.requests).toEqual([]);
      });

      it("rejects at once while the server is silent, and drops every wait", async () => {
        const off = new AbortController();
        server.will({ silent: true });
        const call = client.complete(REQUEST, { signal: off.signal });
        await server.untilRequests(1);

        off.abort();

        await expect(call).rejects.toMatchObject({ code: "aborted" });
        expect(time.current.running()).toBe(0);
      });

      it("rejects at once during a pause", async () => {
        time.current = createVirtualTime({ holdFromMs: 0 });
        client = create();
        const off = new AbortController();
        server.will({ status: 503 });
        const call = client.complete(REQUEST, { signal: off.signal });
        await time.current.untilRunning(2);

        off.abort();

        await expect(call).rejects.toMatchObject({ code: "aborted" });
        expect(server.requests).toHaveLength(1);
      });

      it("calls off what is running when it is closed, closes twice without complaint, and stays closed", async () => {
        const call = ask({ silent: true });
        const outcome = call.catch((error: unknown) => error);
        await server.untilRequests(1);

        await client.close();
        await client.close();

        expect(await outcome).toMatchObject({ code: "aborted" });
        await expect(client.complete(REQUEST, idle)).rejects.toMatchObject({ code: "aborted" });
      });
    });

    describe("secrets", () => {
      it.each([400, 401, 404, 429, 500])("are not repeated when the server repeats them with %d", async (status) => {
        client = create({ maxRetries: 0 });
        const message = `Incorrect key ${KEY} for ${HEADER_SECRET}\u001b[31m`;
        const result = await ask({ status, message }, { status, message }, { status, message });

        const text = JSON.stringify(result);
        expect(result.ok).toBe(false);
        expect(text).toContain("[secret]");
        expect(text).not.toContain(KEY);
        expect(text).not.toContain(HEADER_SECRET);
        expect(text).not.toContain("\\u001b");
      });

      it("are not in the failures of the network, of bad answers and of calling off", async () => {
        const broken = create({
          maxRetries: 0,
          fetch: (_, init) => Promise.reject(new TypeError(`fetch failed with ${JSON.stringify(init?.headers)}`)),
        });
        const outcomes = [
          await broken.complete(REQUEST, idle),
          await ask({ raw: `You said ${KEY}` }),
          await client.complete(REQUEST, { signal: AbortSignal.abort() }).catch((error: unknown) => error),
        ];

        for (const outcome of outcomes) {
          const text = `${JSON.stringify(outcome)} ${String(outcome)} ${String((outcome as Error).stack)}`;
          expect(text).not.toContain(KEY);
          expect(text).not.toContain(HEADER_SECRET);
        }
      });

      it("are not in anything that a client shows", () => {
        expect(JSON.stringify(client)).not.toContain(KEY);
      });
    });

    it("says whether requests leave the machine", () => {
      const leaves = (baseUrl: string): boolean => create({ baseUrl }).leavesMachine;

      expect(client).toMatchObject({ name, model: subject.model, leavesMachine: false });
      expect(leaves("http://localhost:1234/v1")).toBe(false);
      expect(leaves("http://[::1]:1234/v1")).toBe(false);
      expect(leaves("http://192.168.1.7:1234/v1")).toBe(true);
      expect(leaves("http://localhost.example.com/v1")).toBe(true);
      expect(leaves("http://127.0.0.1.example.com/v1")).toBe(true);
      expect(leaves("https://api.example.com/v1")).toBe(true);
    });
  });
}

const pictureAs = ({ mediaType, data }: { mediaType: string; data: Uint8Array }): string =>
  `${mediaType}:${Buffer.from(data).toString("base64")}`;
