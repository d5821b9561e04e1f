import { afterAll } from "vitest";
import {
  createEdgeSpeaker,
  createEspeakSpeaker,
  createFliteSpeaker,
  createGptSovitsSpeaker,
  createMeloTtsSpeaker,
  createOpenAiSpeaker,
  speakInTurn,
} from "../../src/adapters/speech/index.js";
import { startGptSovitsServer, RECORDING } from "../support/servers/gpt-sovits-server.js";
import { startMeloTtsServer } from "../support/servers/melotts-server.js";
import { startSpeechServer } from "../support/servers/speech-server.js";
import { sharedAdapters } from "../support/shared-adapters.js";
import { speechLink } from "../support/speech-link.js";
import { SEND_WAV, standInPrograms } from "../support/stand-in-program.js";
import { describeSpeakerContract } from "./speaker-contract.js";

const programs = standInPrograms();
afterAll(() => programs.remove());
const share = sharedAdapters();

describeSpeakerContract("flite", async () => ({
  speaker: await share("flite", () => createFliteSpeaker()),
  foreign: "fi",
}));

describeSpeakerContract("espeak-ng, stand-in for the program", async () => ({
  speaker: createEspeakSpeaker({
    program: programs.write("espeak", `${SEND_WAV} readInput(() => sendWav(24000));`),
  }),
}));

describeSpeakerContract("openai-compatible", async () => {
  const server = await startSpeechServer();
  server.will({ speak: "tone" });
  const speaker = createOpenAiSpeaker({
    ...speechLink(server.baseUrl),
    model: "kokoro",
    voice: "af_heart",
    languages: ["en", "zh"],
  });
  return { speaker, foreign: "fi", end: () => server.close() };
});

describeSpeakerContract("melotts", async () => {
  const server = await startMeloTtsServer();
  return { speaker: createMeloTtsSpeaker(speechLink(server.baseUrl)), foreign: "fi", end: () => server.close() };
});

describeSpeakerContract("gpt-sovits", async () => {
  const server = await startGptSovitsServer();
  const speaker = createGptSovitsSpeaker({
    ...speechLink(server.baseUrl),
    consent: { who: "Ann", when: "2026-03-01", what: "The robot may speak with my voice." },
    refAudioPath: RECORDING,
    promptText: "Good morning.",
    promptLanguage: "en",
  });
  return { speaker, foreign: "fi", end: () => server.close() };
});

describeSpeakerContract("edge-tts, stand-in for the programs", async () => ({
  speaker: createEdgeSpeaker({
    program: programs.write("edge", `process.stdin.resume().on("end", () => process.stdout.write("ID3 sound"));`),
    decoder: programs.write("decode", `${SEND_WAV} readInput((mp3) => sendWav(mp3.length * 1000));`),
  }),
  foreign: "fi",
}));

describeSpeakerContract("a list of speakers", async () => ({
  speaker: speakInTurn(
    [createEdgeSpeaker({ program: programs.missing }), await share("flite", () => createFliteSpeaker())],
    {
      nowMs: () => 0,
    },
  ),
  foreign: "fi",
}));
