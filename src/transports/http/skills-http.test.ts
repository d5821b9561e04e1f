import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Remote } from "../../app/launch/remote-schema.js";
import { skillResponseSchema } from "../../domain/skill/skill-messages.js";
import { fail, ok } from "../../skill-kit/index.js";
import { createSkillBench, testSkill, type TestSkill } from "../../../test/support/skill-bench.js";
import { SKILLS } from "../../app/skills/skills.js";
import { artefactsRoute } from "./artefacts-route.js";
import { createHttpServer, type HttpServer } from "./create-http-server.js";
import { createGate } from "./gate.js";
import { openApiDocument, openApiRoute } from "./openapi.js";
import { skillsRoute } from "./skills-route.js";

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const echo: TestSkill["run"] = async ({ text }) => ok({ text });
const OPERATORS = [
  { name: "ann", role: "operator", passwordEnv: "ANN" },
  { name: "vic", role: "viewer", passwordEnv: "VIC" },
] as const;

async function start(
  entries = [testSkill({ run: echo })],
  {
    operators = [],
    mayMove,
  }: { operators?: Remote["operators"]; mayMove?: () => { code: string; message: string } } = {},
) {
  const bench = createSkillBench(entries);
  const gate = createGate({
    remote: { operators, defaultRole: "supervisor" },
    env: { ANN: "secret-a", VIC: "secret-v" },
  });
  const server = await createHttpServer({
    host: "127.0.0.1",
    port: 0,
    routes: [
      openApiRoute({
        gate,
        document: async () =>
          openApiDocument({
            skills: await bench.service.list(),
            version: "1",
            robot: "sim-1",
            hasLogins: operators.length > 0,
          }),
      }),
      artefactsRoute({ artefacts: bench.service.artefacts, gate }),
      skillsRoute({ skills: bench.service, gate, robot: "sim-1", ...(mayMove === undefined ? {} : { mayMove }) }),
    ],
  });
  servers.push(server);
  const at = `http://127.0.0.1:${server.port}`;
  const post = (path: string, body: string | Uint8Array = "{}", headers: Record<string, string> = {}) =>
    fetch(at + path, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
  return { ...bench, at, post, port: server.port };
}

const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`,
});

/** What fetch does not let a test say: any path, and any Host. */
function raw(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: "127.0.0.1", port, path, headers, setHost: headers["host"] === undefined }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on("error", reject)
      .end();
  });
}

describe("skills over HTTP", () => {
  it("are listed, described and run", async () => {
    const { at, post } = await start();

    const list = (await (await fetch(`${at}/skills`)).json()) as { robot: string; skills: { name: string }[] };
    const one = (await (await fetch(`${at}/skills/echo`)).json()) as { input: unknown };
    const run = await post("/skills/echo", '{"text":"hi"}');

    expect(list).toMatchObject({
      robot: "sim-1",
      skills: [{ name: "echo", backends: [{ type: "onboard", usable: true }] }],
    });
    expect(one).toMatchObject({ name: "echo", input: { type: "object" } });
    expect([run.status, skillResponseSchema.parse(await run.json())]).toMatchObject([
      200,
      { ok: true, servedBy: "onboard", output: { text: "hi" } },
    ]);
  });

  it.each<[number, string, string | undefined, TestSkill["run"]]>([
    [404, "/skills/juggle", undefined, echo],
    [422, "/skills/echo", '{"text":7}', echo],
    [422, "/skills/echo?backend=moon", undefined, echo],
    [422, "/skills/echo", undefined, async () => fail("bad-picture", "no picture")],
    [422, "/skills/echo", undefined, async () => fail("object-not-found", "no unicorn")],
    [403, "/skills/echo", undefined, async () => fail("not-allowed", "not yours")],
    [502, "/skills/echo", undefined, async () => fail("link-lost", "away")],
    [500, "/skills/echo", undefined, () => Promise.reject(new TypeError("bug"))],
  ])("answer with %i to POST %s %s", async (status, path, body, run) => {
    const { post } = await start([testSkill({ run })]);

    const response = await post(path, body);

    expect(response.status).toBe(status);
    expect(skillResponseSchema.parse(await response.json())).toMatchObject({ ok: false });
  });

  it("refuse bodies that are no JSON, of another kind, or too large, and other methods", async () => {
    const { at, post, port } = await start();

    expect((await post("/skills/echo", "{nope")).status).toBe(400);
    expect(
      (await post("/skills/echo", "text=hi", { "content-type": "application/x-www-form-urlencoded" })).status,
    ).toBe(415);
    expect((await post("/skills/echo", "{}", { "content-type": "text/plain" })).status).toBe(415);
    const put = await fetch(`${at}/skills/echo`, { method: "PUT", body: "{}" });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
    expect((await fetch(`${at}/skills`, { method: "POST" })).status).toBe(405);
    const status = await new Promise<number>((resolve, reject) => {
      const big = httpRequest(
        {
          host: "127.0.0.1",
          port,
          path: "/skills/echo",
          method: "POST",
          headers: { "content-type": "application/json", "content-length": 64 * 1024 * 1024 + 1 },
        },
        (response) => {
          resolve(response.statusCode ?? 0);
          response.resume();
          big.destroy();
        },
      ).on("error", reject);
      big.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it("stream their progress, then the response", async () => {
    const { post } = await start([
      testSkill({
        run: async ({ text }, { progress }) => {
          progress({ fraction: 0.25, message: "a quarter" });
          return ok({ text });
        },
      }),
    ]);

    const response = await post("/skills/echo", '{"text":"hi"}', { accept: "text/event-stream" });
    const events = (await response.text()).trim().split("\n\n");

    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(events[0]).toBe('event: progress\ndata: {"fraction":0.25,"message":"a quarter"}');
    expect(events[1]).toMatch(/^event: response\ndata: \{"ok":true/);
    expect(events).toHaveLength(2);
  });

  it.each(["application/json", "text/event-stream"])("are called off when a client of %s goes away", async (accept) => {
    let seen: AbortSignal | undefined;
    const { at } = await start([
      testSkill({ run: (_input, { signal }) => ((seen = signal), new Promise(() => undefined)) }),
    ]);
    const client = new AbortController();
    const headers = { "content-type": "application/json", accept };
    const asked = fetch(`${at}/skills/echo`, { method: "POST", body: "{}", headers, signal: client.signal });
    const read = asked.then((response) => response.text()).catch((error: Error) => error.name);
    await vi.waitFor(() => expect(seen).toBeDefined());
    expect(seen?.aborted).toBe(false);

    client.abort();

    await vi.waitFor(() => expect(seen?.aborted).toBe(true));
    expect(await read).toBe("AbortError");
  });

  it("that move the robot need leave to", async () => {
    const { post } = await start([testSkill({ uses: ["arm"], run: echo }), testSkill({ name: "still", run: echo })], {
      mayMove: () => ({ code: "stopped", message: "The robot is stopped." }),
    });

    const response = await post("/skills/echo");

    expect([response.status, await response.json()]).toMatchObject([409, { code: "stopped" }]);
    expect((await post("/skills/still")).status).toBe(200);
  });
});

describe("who may use skills over HTTP", () => {
  it.each<[string, Record<string, string>, number, number]>([
    ["nobody", {}, 401, 401],
    ["an operator by name and password", basic("ann", "secret-a"), 200, 200],
    ["an operator by password", { authorization: "Bearer secret-a" }, 200, 200],
    ["a viewer", basic("vic", "secret-v"), 200, 403],
    ["a wrong password", basic("ann", "secret-v"), 401, 401],
    ["a wrong token", { authorization: "Bearer secret" }, 401, 401],
    ["an unknown name", basic("eve", "secret-a"), 401, 401],
    ["nonsense", { authorization: "Basic !!!" }, 401, 401],
    ["an empty token", { authorization: "Bearer " }, 401, 401],
  ])("with operators listed: %s", async (_who, headers, read, run) => {
    const { at, post } = await start(undefined, { operators: [...OPERATORS] });

    for (const path of ["/skills", "/skills/echo", "/artefacts", "/openapi.json"])
      expect((await fetch(at + path, { headers })).status).toBe(read);
    expect((await post("/skills/echo", "{}", headers)).status).toBe(run);
  });

  it("asks browsers for a password only where that is the page itself", async () => {
    const { at } = await start(undefined, { operators: [...OPERATORS] });

    expect((await fetch(`${at}/skills`)).headers.get("www-authenticate")).toContain("Basic");
    const byPage = await raw(Number(new URL(at).port), "/skills", { "sec-fetch-dest": "empty" });
    expect(byPage.status).toBe(401);
  });

  it.each<[string, Record<string, string>, number]>([
    ["no browser", {}, 200],
    ["this server's page", { origin: "SELF" }, 200],
    ["another site's page", { origin: "https://evil.example" }, 403],
    ["a page from a file", { origin: "null" }, 403],
    ["another port of this machine", { origin: "http://127.0.0.1:1" }, 403],
    ["a picture in another site's page", { "sec-fetch-site": "cross-site" }, 403],
    ["a name that leads here", { host: "evil.example", origin: "http://evil.example" }, 403],
    ["a name that leads here, without an origin", { host: "evil.example" }, 403],
    ["localhost", { host: "localhost:1" }, 200],
    ["an address of IPv6", { host: "[::1]:80" }, 200],
  ])("keeps other sites out: %s", async (_what, headers, status) => {
    const { port } = await start();
    const sent = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key, value === "SELF" ? `http://127.0.0.1:${port}` : value]),
    );

    expect((await raw(port, "/skills", sent)).status).toBe(status);
    expect((await raw(port, "/artefacts", sent)).status).toBe(status);
  });
});

describe("artefacts over HTTP", () => {
  const painting = testSkill({
    run: async ({ text }, { keep }) => {
      await keep({
        name: "a.png",
        mediaType: "image/png",
        bytes: Buffer.from("0123456789"),
        recipe: { generated: true },
      });
      await keep({ name: "b.txt", mediaType: "text/plain", bytes: Buffer.from("Grüße") });
      await keep({ name: "c.html", mediaType: "text/html", bytes: Buffer.from("<script>alert(1)</script>") });
      return ok({ text });
    },
  });

  it("come with their kind, and say that they were generated", async () => {
    const { at, post } = await start([painting]);
    const { artefacts } = (await (await post("/skills/echo")).json()) as { artefacts: { url: string }[] };

    const [png, txt, html] = await Promise.all(artefacts.map(({ url }) => fetch(at + url)));
    const listed = (await (await fetch(`${at}/artefacts`)).json()) as { artefacts: unknown[] };

    expect([png.status, png.headers.get("content-type"), png.headers.get("handeye-generated")]).toEqual([
      200,
      "image/png",
      "true",
    ]);
    expect(await png.text()).toBe("0123456789");
    expect([txt.headers.get("content-type"), txt.headers.get("handeye-generated")]).toEqual([
      "text/plain; charset=utf-8",
      null,
    ]);
    expect(html.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
    expect(html.headers.get("x-content-type-options")).toBe("nosniff");
    expect(listed.artefacts).toMatchObject([{ name: "a.png", recipe: { generated: true } }, {}, {}]);
  });

  it("come in parts for players", async () => {
    const { at, post } = await start([painting]);
    const { artefacts } = (await (await post("/skills/echo")).json()) as { artefacts: { url: string }[] };
    const part = async (range: string) => {
      const response = await fetch(at + artefacts[0].url, { headers: { range } });
      return [response.status, response.headers.get("content-range"), await response.text()];
    };

    expect(await part("bytes=2-4")).toEqual([206, "bytes 2-4/10", "234"]);
    expect(await part("bytes=8-")).toEqual([206, "bytes 8-9/10", "89"]);
    expect(await part("bytes=-3")).toEqual([206, "bytes 7-9/10", "789"]);
    expect((await part("bytes=10-12")).slice(0, 2)).toEqual([416, "bytes */10"]);
    expect((await part("lines=1-2"))[0]).toBe(200);
  });

  it.each([
    "/artefacts/run/secret.txt",
    "/artefacts/run/link.txt",
    "/artefacts/linked/secret.txt",
    "/artefacts/../memory.json",
    "/artefacts/run/../../memory.json",
    "/artefacts/..%2fmemory.json",
    "/artefacts/run/..%2f..%2fmemory.json",
    "/artefacts/run/%2e%2e/%2e%2e/memory.json",
    "/artefacts/run/a.png.recipe.json",
    "/artefacts/%00/a.png",
    "/artefacts/run/%zz",
    "/artefacts/run/",
    "/artefacts//etc/passwd",
    "/artefacts/run/a/b",
  ])("keep to their folder: %s", async (path) => {
    const { artefacts, stateDir, port } = await start();
    mkdirSync(join(artefacts, "run"), { recursive: true });
    writeFileSync(join(stateDir, "memory.json"), "private");
    writeFileSync(join(artefacts, "run", "secret.txt"), "private: no recipe says that it may be shown");
    symlinkSync(join(stateDir, "memory.json"), join(artefacts, "run", "link.txt"));
    symlinkSync(join(artefacts, "run"), join(artefacts, "linked"));

    const { status, body } = await raw(port, path);

    expect(status).toBe(404);
    expect(body).not.toContain("private");
  });
});

describe("the OpenAPI document", () => {
  it.each([[[]], [[...OPERATORS]]])(
    "is valid OpenAPI 3.1 for every skill that ships, with operators %j",
    async (operators) => {
      const { at } = await start([...SKILLS, testSkill({ run: echo })], { operators });
      const response = await fetch(`${at}/openapi.json`, {
        headers: operators.length > 0 ? basic("ann", "secret-a") : {},
      });
      const document = (await response.json()) as {
        openapi: string;
        paths: Record<string, unknown>;
        security?: unknown;
      };

      const { valid, errors } = await new Validator().validate(structuredClone(document));

      expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
      expect(document.openapi).toBe("3.1.0");
      for (const { skill } of SKILLS) expect(document.paths).toHaveProperty(`/skills/${skill.name}`);
      expect(document.security !== undefined).toBe(operators.length > 0);
      expect(danglingIn(document)).toEqual([]);
    },
  );

  it("is seen to be wrong by the validator where it is", async () => {
    const { service } = createSkillBench([testSkill({ run: echo })]);
    const document = openApiDocument({ skills: await service.list(), version: "1", robot: "r", hasLogins: false });

    const { valid } = await new Validator().validate({ ...document, paths: { "/x": { get: { responses: 7 } } } });

    expect(valid).toBe(false);
  });
});

/** References that lead nowhere. */
function danglingIn(document: object): string[] {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
  return refs.filter((ref) => {
    let at: unknown = document;
    for (const key of ref.replace(/^#\//, "").split("/")) at = (at as Record<string, unknown> | undefined)?.[key];
    return at === undefined;
  });
}
