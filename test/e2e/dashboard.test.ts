import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createFliteSpeaker } from "../../src/adapters/speech/index.js";
import { writeWav } from "../../src/domain/speech/write-wav.js";
import { chromiumMissing, startChromium } from "../support/chromium.js";
import { createOperator, type Operator } from "../support/operator.js";
import { ORACLE, ROOT } from "../support/run-cli.js";
import { startServe } from "../support/serve-cli.js";

if (chromiumMissing !== undefined) process.stderr.write(`skipped: the dashboard in a browser; ${chromiumMissing}\n`);

const SOON = { timeout: 90_000 };
const SHOTS = join(ROOT, "out/screenshots");
const closers: (() => Promise<unknown>)[] = [];
let browser: Browser;

/** A robot, a page that shows it, and a second pair of eyes on the broker that knows nothing of the page. */
async function open(args: readonly string[] = [], viewport = { width: 1280, height: 900 }, by?: Browser) {
  const serving = await startServe([...ORACLE, "--set", "robot.rate=4", ...args]);
  closers.push(() => serving.end());
  const watcher = await createOperator({ url: serving.mqtt, name: "watcher" });
  closers.push(() => watcher.close());
  const context = await (by ?? browser).newContext({ viewport, locale: "en-GB" });
  closers.push(() => context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
  page.setDefaultTimeout(SOON.timeout);
  await page.goto(serving.http);
  await page.getByTestId("state").waitFor();
  return { serving, page, watcher, errors };
}

async function say(page: Page, instruction: string): Promise<void> {
  await page.fill("#command", instruction);
  await page.getByTestId("send").click();
}

/** Where a thing is in the page, from what the robot itself says it sees. */
async function placeOf(page: Page, watcher: Operator, label: string): Promise<{ x: number; y: number }> {
  const seen = (watcher.on("overlay").at(-1)?.["things"] ?? []) as { label: string; point: { x: number; y: number } }[];
  const thing = seen.find((each) => each.label === label);
  const box = await page.getByTestId("camera").boundingBox();
  if (thing === undefined || box === null)
    throw new Error(`Expected ${label} in ${seen.map((each) => each.label).join()}.`);
  return { x: box.x + thing.point.x * box.width, y: box.y + thing.point.y * box.height };
}

const file = (name: string, mediaType: string, generated: boolean) => ({
  name,
  mediaType,
  bytes: 100,
  sha256: "0".repeat(64),
  path: `/artefacts/${name}`,
  url: `/artefacts/run/${name}`,
  recipe: { skill: "paint", backend: "test", generated },
});
const PAINTED = {
  ok: true,
  skill: "paint",
  servedBy: "test",
  tookMs: 1200,
  tried: [{ backend: "cloud", code: "link-lost", message: "away" }],
  output: {
    text: "Here it is.",
    things: [
      { label: "mug", xM: 0.51234567 },
      { label: "can", xM: 0.2 },
    ],
  },
  artefacts: [file("a.png", "image/png", true), file("b.wav", "audio/wav", false)],
};
const PAINTING = {
  robot: "sim-1",
  skills: [
    {
      name: "paint",
      description: "Paints.",
      enabled: true,
      backends: [{ type: "test", place: 1, usable: true }],
      input: {
        type: "object",
        required: ["prompt"],
        properties: {
          prompt: { type: "string", maxLength: 100, description: "What to paint." },
          steps: { type: "integer", minimum: 1, maximum: 50, default: 20 },
          tiled: { type: "boolean", default: false },
          sound: { "x-media": "sound" },
          box: { type: "object", description: "Where." },
        },
      },
    },
  ],
};

const shot = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(SHOTS, `${name}.png`) });

describe.skipIf(chromiumMissing !== undefined)("the dashboard", { timeout: 240_000 }, () => {
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await startChromium();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(() => browser.close());

  it("shows a typed command to its verified end, and success only then", async () => {
    const { page, errors } = await open();
    await say(page, "take the green bag out of the drawer");

    await page.getByTestId("running").waitFor();
    await vi.waitFor(async () => expect(await page.locator(".receipts li").count()).toBeGreaterThan(0), SOON);
    expect(await page.getByTestId("outcome").count()).toBe(0);
    await shot(page, "dashboard");
    await page.getByTestId("outcome").waitFor();

    expect(await page.getByTestId("outcome").textContent()).toMatch(/done · verified/);
    expect(await page.getByTestId("outcome").getAttribute("class")).toContain("good");
    expect(errors).toEqual([]);
  });

  it("asks with a card, takes a no, and carries out a yes", async () => {
    const { page, watcher } = await open(["--approve", "risky"]);
    await say(page, "open the left drawer");
    await page.getByTestId("approval").waitFor();
    await shot(page, "approval");
    expect(await page.getByTestId("approval").textContent()).toMatch(/open\(.*drawer.*expires in \d+ s/s);

    await page.getByTestId("deny").click();
    await page.getByTestId("outcome").waitFor();
    expect(await page.getByTestId("outcome").getAttribute("class")).toContain("bad");
    expect(watcher.on("event/command")).toEqual([]);
    await say(page, "open the left drawer");
    await page.getByTestId("approve").click();

    await vi.waitFor(() => expect(watcher.on("event/mission-end")).toHaveLength(2), SOON);
    expect(watcher.on("event/mission-end")[1]).toMatchObject({ outcome: "done", grade: "verified" });
  });

  it("stops in mid-motion on the space bar, and needs a reset", async () => {
    const { page, watcher } = await open();
    await say(page, "take the red mug");
    await vi.waitFor(() => expect(watcher.on("event/action-start")).not.toHaveLength(0), SOON);
    await page.getByTestId("stop").focus();

    await page.keyboard.press("Space");

    await page.getByTestId("reset").waitFor();
    await shot(page, "stopped");
    await vi.waitFor(() => expect(watcher.on("event/mission-end")).toMatchObject([{ outcome: "stopped" }]), SOON);
    await page.getByTestId("reset").click();
    await vi.waitFor(() => expect(watcher.on("state").at(-1)).toMatchObject({ safety: "nominal" }), SOON);
  });

  it("does not stop for a space in the command box", async () => {
    const { page, watcher } = await open();

    await page.locator("#command").pressSequentially("open the left drawer");

    expect(await page.inputValue("#command")).toBe("open the left drawer");
    expect(watcher.on("state").at(-1)).toMatchObject({ safety: "nominal" });
  });

  it("grasps what is clicked", async () => {
    const { page, watcher } = await open();
    await say(page, "look home");
    await page.getByTestId("outcome").waitFor();
    const { x, y } = await placeOf(page, watcher, "red mug");

    await page.mouse.click(x, y);
    await page.getByTestId("menu").getByRole("button", { name: "Grasp" }).click();

    await vi.waitFor(() => expect(watcher.on("event/mission-end")).toHaveLength(2), SOON);
    const end = watcher.on("event/mission-end")[1];
    expect(end).toMatchObject({ outcome: "done", grade: "verified" });
    expect(end["receipts"]).toMatchObject([{ action: { action: "grasp", target: { label: "red mug" } } }, {}]);
  });

  it("keeps out of a box that is drawn into the picture", async () => {
    const { page, watcher } = await open();
    await say(page, "look home");
    await page.getByTestId("outcome").waitFor();
    await vi.waitFor(() => expect(watcher.on("overlay")).not.toHaveLength(0), SOON);

    await page.getByTestId("draw-zone").click();
    const { x, y } = await placeOf(page, watcher, "red mug");
    await page.mouse.move(x - 40, y - 40);
    await page.mouse.down();
    await page.mouse.move(x + 40, y + 30, { steps: 4 });
    await page.mouse.up();
    await vi.waitFor(() => expect(watcher.on("state").at(-1)?.["keepOut"]).toHaveLength(1), SOON);
    await shot(page, "keep-out");
    await say(page, "take the red mug");

    await vi.waitFor(() => expect(watcher.on("event/mission-end")).toHaveLength(2), SOON);
    expect(watcher.on("event/mission-end")[1]).toMatchObject({ outcome: "given-up", code: "keep-out" });
  });

  it("moves the arm while a button is held, and lets go when the page is gone", async () => {
    const { page, watcher } = await open();
    await page.getByRole("button", { name: "Take control" }).click();
    await vi.waitFor(() => expect(watcher.on("state").at(-1)).toHaveProperty("lease"), SOON);
    const up = page.getByRole("button", { name: "up", exact: true });
    await up.hover();
    await page.mouse.down();
    await vi.waitFor(() => expect(watcher.on("event/command").length).toBeGreaterThan(1), SOON);

    await page.goto("about:blank");

    await vi.waitFor(() => expect(watcher.on("state").at(-1)).not.toHaveProperty("lease"), SOON);
    const sent = watcher.on("event/command").length;
    await watcher.send("command", { instruction: "look home" });
    await vi.waitFor(() => expect(watcher.on("event/mission-end")).toHaveLength(1), SOON);
    const moves = watcher.on("event/command").slice(sent) as { command: { type: string } }[];
    expect(moves.filter(({ command }) => command.type === "move-tool")).toEqual([]);
  });

  it("hears what is said while the button is held, and does it", async () => {
    const speaker = await createFliteSpeaker({ voice: "slt", stretch: 1 });
    const spoken = await speaker.speak("open the left drawer", { signal: new AbortController().signal });
    await speaker.close();
    if (!spoken.ok) throw new Error(spoken.message);
    const microphone = join(mkdtempSync(join(tmpdir(), "handeye-voice-")), "said.wav");
    writeFileSync(microphone, writeWav(spoken.value));
    const seconds = spoken.value.samples.length / spoken.value.sampleRateHz;
    const listening = await startChromium({ microphone });
    closers.push(() => listening.close());
    const { page, watcher } = await open([], undefined, listening);

    await page.getByTestId("talk").hover();
    await page.mouse.down();
    await vi.waitFor(async () => {
      const shown = await page.getByTestId("talk").textContent();
      expect(Number(/([\d.]+) s/.exec(shown ?? "")?.[1] ?? 0)).toBeGreaterThan(seconds + 0.5);
    }, SOON);
    await page.mouse.up();

    await page.getByTestId("heard").waitFor();
    expect(await page.getByTestId("heard").textContent()).toMatch(/open the left drawer/i);
    await vi.waitFor(() => expect(watcher.on("event/mission-end")).toHaveLength(1), SOON);
    expect(watcher.on("event/mission-end")[0]).toMatchObject({ outcome: "done", grade: "verified" });
  });

  it("runs skills from forms made of their schemas, with a picture of one's own, and shows what comes of them", async () => {
    const { page, errors } = await open();
    const photo = join(mkdtempSync(join(tmpdir(), "handeye-photo-")), "photo.png");
    await sharp({ create: { width: 64, height: 48, channels: 3, background: "#886644" } })
      .png()
      .toFile(photo);
    await page.getByTestId("skill").selectOption("caption");
    await page.getByTestId("field-form").selectOption("paragraph");

    await page.getByTestId("run-skill").click();
    await page.getByTestId("skill-result").waitFor();

    expect(await page.getByTestId("skill-result").textContent()).toMatch(/head camera.*by onboard/s);
    await page.getByTestId("skills").scrollIntoViewIfNeeded();
    await shot(page, "skills");
    await page.getByTestId("field-picture").selectOption("file");
    await page.getByTestId("file-picture").setInputFiles(photo);
    await page.getByTestId("run-skill").click();
    await vi.waitFor(
      async () => expect(await page.getByTestId("skill-result").textContent()).toContain("the request"),
      SOON,
    );
    expect(errors).toEqual([]);
  });

  it("shows and plays what skills make, marks what was generated, tells progress, and calls off", async () => {
    const { page, errors } = await open();
    await page.route("**/skills", (route) => route.fulfill({ json: PAINTING }));
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    await page.route("**/skills/paint*", async (route) => {
      await finished;
      await route.fulfill({
        contentType: "text/event-stream",
        body: `event: progress\ndata: {"fraction":0.5,"message":"half"}\n\nevent: response\ndata: ${JSON.stringify(PAINTED)}\n\n`,
      });
    });
    const pixel = await sharp({ create: { width: 320, height: 200, channels: 3, background: "#3388cc" } })
      .png()
      .toBuffer();
    const wav = writeWav({ samples: new Float32Array(16_000), sampleRateHz: 16_000 });
    await page.route("**/artefacts/**", (route) =>
      route.fulfill({ body: Buffer.from(route.request().url().endsWith(".png") ? pixel : wav) }),
    );
    await page.reload();
    await page.getByTestId("skill").selectOption("paint");
    await page.getByTestId("field-steps").fill("4");
    await page.getByTestId("field-prompt").fill("a kitchen");

    await page.getByTestId("run-skill").click();
    await page.getByTestId("cancel-skill").click();
    await page.getByTestId("cancel-skill").waitFor({ state: "detached" });
    expect(await page.getByTestId("skill-result").count()).toBe(0);
    const asked = page.waitForRequest("**/skills/paint*");
    await page.getByTestId("run-skill").click();
    expect((await asked).postDataJSON()).toEqual({ prompt: "a kitchen", steps: 4 });
    finish();
    await page.locator(".artefact img").waitFor();
    await page.locator(".artefact audio").waitFor();

    expect(await page.getByTestId("generated").count()).toBe(1);
    expect(await page.locator(".artefact").first().textContent()).toContain("a.png");
    await vi.waitFor(
      async () => expect(await page.evaluate("document.querySelector('.artefact img').naturalWidth")).toBe(320),
      SOON,
    );
    await page.getByTestId("skills").scrollIntoViewIfNeeded();
    await shot(page, "skill-files");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByTestId("skill-result").scrollIntoViewIfNeeded();
    await shot(page, "skill-phone");
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    expect(errors).toEqual([]);
  });

  it("fits a phone, and speaks Chinese", async () => {
    const { page } = await open([], { width: 390, height: 844 });

    await page.getByRole("button", { name: "中文" }).click();

    expect(await page.getByTestId("stop").textContent()).toContain("停止");
    await shot(page, "phone");
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
    expect(wide).toBeLessThanOrEqual(390);
    const stop = await page.getByTestId("stop").boundingBox();
    expect(stop?.y).toBeLessThan(844 - (stop?.height ?? 0));
  });
});
