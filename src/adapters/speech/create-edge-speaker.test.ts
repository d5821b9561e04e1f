import { afterAll, describe, expect, it } from "vitest";
import { SEND_WAV, standInPrograms } from "../../../test/support/stand-in-program.js";
import { createEdgeSpeaker } from "./create-edge-speaker.js";

const idle = { signal: new AbortController().signal };
const programs = standInPrograms();
afterAll(() => programs.remove());

/** Says as many samples as its input and arguments have characters a thousand times, so that a test sees what came. */
const decoder = programs.write("decoder", `${SEND_WAV} readInput((mp3) => sendWav(mp3.length));`);
const edge = programs.write(
  "edge",
  `const chunks = []; process.stdin.on("data", (d) => chunks.push(d)).on("end", () => {
     const [, , ...args] = process.argv;
     const text = Buffer.concat(chunks).toString("utf8");
     const wanted = process.env.PYTHONIOENCODING === "utf-8" && args.join(" ") === "--voice zh-CN-XiaoxiaoNeural --rate=-10% --file -" && text === "--help 你好";
     process.stdout.write("x".repeat(wanted ? 7000 : 1)); });`,
);

describe("the edge-tts speaker", () => {
  it("gives the text on the input, in the language's voice, and decodes what comes", async () => {
    const result = await createEdgeSpeaker({ program: edge, decoder, ratePercent: -10 }).speak("--help 你好", {
      ...idle,
      language: "zh-CN",
    });

    expect(result.ok && result.value.samples.length).toBe(7_000);
    expect(createEdgeSpeaker().leavesMachine).toBe(true);
  });

  it("says what to install when a program is not there", async () => {
    const noEdge = await createEdgeSpeaker({ program: programs.missing, decoder }).speak("Hello.", idle);
    const noDecoder = await createEdgeSpeaker({ program: edge, decoder: programs.missing }).speak("Hello.", idle);

    expect(noEdge).toMatchObject({ code: "unsupported", message: expect.stringContaining("pipx install edge-tts") });
    expect(noDecoder).toMatchObject({ code: "unsupported", message: expect.stringContaining("install ffmpeg") });
  });

  it.each([
    ["network", `console.error("Traceback\\nConnectionError: no route"); process.exit(1)`, "link-lost"],
    ["voice", `console.error("ValueError: Invalid voice 'x'."); process.exit(1)`, "unknown-voice"],
    ["slow", `setInterval(() => {}, 1e6)`, "timeout"],
  ])("reports trouble with: %s", async (name, script, code) => {
    const program = programs.write(`edge-${name}`, script);
    const timeoutMs = code === "timeout" ? 150 : 30_000;

    expect(await createEdgeSpeaker({ program, decoder, timeoutMs }).speak("Hello.", idle)).toMatchObject({ code });
  });

  it("takes no page of the web for sound", async () => {
    const broken = programs.write("decoder-broken", `console.error("Invalid data found"); process.exit(1)`);

    expect(await createEdgeSpeaker({ program: edge, decoder: broken }).speak("Hello.", idle)).toMatchObject({
      code: "model-failed",
    });
  });

  it("speaks other languages with the voices that it is given, and refuses names that could be options", async () => {
    const speaker = createEdgeSpeaker({ program: edge, decoder, voices: { fi: "fi-FI-NooraNeural" } });

    expect(await speaker.speak("Hei.", { ...idle, language: "fi" })).toMatchObject({ ok: true });
    expect(await speaker.speak("Hej.", { ...idle, language: "sv" })).toMatchObject({ code: "unsupported-language" });
    expect(await speaker.speak("Hi.", { ...idle, voice: "--proxy" })).toMatchObject({ code: "unknown-voice" });
  });
});
