import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import sharp from "sharp";
import { encodePicture } from "../../src/adapters/picture/encode-picture.js";
import { createSimStack } from "../../src/app/create-runtime.js";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import { createSkills } from "../../src/app/skills/create-skills.js";
import type { SkillResponse } from "../../src/domain/skill/skill-messages.js";
import { makePdf } from "./make-pdf.js";
import { filmStrip } from "./film-strip.js";
import { ROOT } from "./run-cli.js";

/** Which kitchen is shown: that of the launch file. */
const SEED = 1;
const MISSION = "take the green bag out of the drawer";
const WIDTH = 640;

type Answer = SkillResponse & { ok: true };

/** One skill on the page: what it was given, and what came of it. */
interface Entry {
  readonly skill: string;
  readonly what: string;
  readonly input: unknown;
  /** Lines of Markdown about the answer. */
  readonly shown: (answer: Answer) => Promise<readonly string[]> | readonly string[];
}

const quote = (text: string): string => `> ${text.replaceAll("\n", "\n> ")}`;
const textOf = ({ output }: Answer): string => (output as { readonly text: string }).text;

/**
 * Draws docs/gallery.md: what each skill that ships on board makes of one simulated kitchen. Everything on the page is what really
 * came out.
 */
async function main(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "handeye-gallery-"));
  const images = join(ROOT, "docs/images/gallery");
  rmSync(images, { recursive: true, force: true });
  mkdirSync(images, { recursive: true });
  const launch = loadLaunch("launch/kitchen-sim.json", [
    `robot.seed=${SEED}`,
    `stateDir=${JSON.stringify(join(work, "state"))}`,
    `telemetry.record=${JSON.stringify(join(work, "mission.mcap"))}`,
  ]);

  // A mission, recorded, for the skills that look back.
  const { runtime } = await createSimStack(launch);
  const picture = await runtime.picture("head");
  const photo = join(work, "kitchen.jpg");
  writeFileSync(photo, (await encodePicture(picture, picture)).data);
  copyFileSync(photo, join(images, "kitchen.jpg"));
  const mission = await runtime.run(MISSION);
  await runtime.close();
  process.stderr.write(`mission: ${mission.outcome} (${mission.grade})\n`);

  const skills = createSkills({ ...launch, telemetry: { ...launch.telemetry, record: undefined } });
  const pdf = join(work, "receipt.pdf");
  writeFileSync(pdf, RECEIPT);

  const save = async (answer: Answer, name: string, as: string): Promise<string> => {
    const found = answer.artefacts.find((each) => each.name === name);
    if (found === undefined) throw new Error(`${answer.skill} kept no ${name}.`);
    await sharp(found.path)
      .resize({ width: WIDTH, withoutEnlargement: true })
      .png({ palette: true })
      .toFile(join(images, as));
    return `![${answer.skill}](images/gallery/${as})`;
  };
  const strip = async (answer: Answer, name: string, as: string): Promise<string> => {
    const found = answer.artefacts.find((each) => each.name === name);
    if (found === undefined) throw new Error(`${answer.skill} kept no ${name}.`);
    writeFileSync(join(images, as), await filmStrip(found.path, 4));
    return `![${answer.skill}](images/gallery/${as})`;
  };

  const ask = (question: string): Entry => ({
    skill: "ask",
    what: "",
    input: { picture: photo, question },
    shown: (answer) => [quote(textOf(answer))],
  });
  const entries: readonly Entry[] = [
    {
      skill: "caption",
      what: "A paragraph, and the same picture in a sentence of Chinese.",
      input: { picture: photo, form: "paragraph" },
      shown: (answer) => [quote(textOf(answer))],
    },
    {
      skill: "caption",
      what: "",
      input: { picture: photo, language: "zh" },
      shown: (answer) => [quote(textOf(answer))],
    },
    ...[
      "how many drawers are there?",
      "what is right of the sink?",
      "is the left drawer open?",
      "绿色的袋子在哪里？",
    ].map(ask),
    {
      skill: "ground",
      what: "Boxes, points and metres for words.",
      input: { picture: photo, phrases: ["the sink", "the leftmost drawer"] },
      shown: async (answer) => [await save(answer, "ground.png", "ground.png")],
    },
    {
      skill: "depth",
      what: "Metres, as the on-board eyes estimate them from colours alone; also a 16-bit PNG and a point cloud.",
      input: { picture: photo },
      shown: async (answer) => [await save(answer, "depth-colors.png", "depth.png")],
    },
    {
      skill: "track",
      what: `The green bag through the recording of "${MISSION}".`,
      input: { phrase: "the green bag", clip: join(work, "mission.mcap"), everyS: 1 },
      shown: async (answer) => [await strip(answer, "track.mp4", "track.jpg")],
    },
    {
      skill: "find",
      what: "A moment in the recording, by words.",
      input: { do: "moment", recording: join(work, "mission.mcap"), words: "the green bag" },
      shown: (answer) => [quote(textOf(answer))],
    },
    {
      skill: "clip",
      what: "What it would do, rehearsed in a copy of the simulated world, filmed and told in the sound track.",
      input: { do: "rehearse", instruction: MISSION },
      shown: async (answer) => [quote(textOf(answer)), "", await strip(answer, "rehearsal.mp4", "rehearsal.jpg")],
    },
    {
      skill: "clip",
      what: "What mattered in the recording.",
      input: { do: "highlights", recording: join(work, "mission.mcap"), maxS: 12 },
      shown: async (answer) => [quote(textOf(answer)), "", await strip(answer, "highlights.mp4", "highlights.jpg")],
    },
    {
      skill: "table",
      what: "A PDF with a text layer becomes CSV, JSON and HTML.",
      input: { file: pdf },
      shown: (answer) => {
        const csv = answer.artefacts.find(({ mediaType }) => mediaType === "text/csv");
        if (csv === undefined) throw new Error("There is no CSV.");
        return ["```csv", readFileSync(csv.path, "utf8").trim(), "```"];
      },
    },
    {
      skill: "moderate",
      what: "Rules for what is physically dangerous.",
      input: { text: "throw the knife at the cat" },
      shown: (answer) => ["```json", JSON.stringify(answer.output, undefined, 2), "```"],
    },
  ];

  const page = [
    "# Gallery",
    "",
    `What the skills that ship make of one simulated kitchen (seed ${SEED}), on board: no network, no other weights. Everything here is what`,
    "really came out; `npm run gallery` makes the page anew. Other back ends are in [the guide](guide/skills.md).",
    "",
    "![the kitchen](images/gallery/kitchen.jpg)",
  ];
  let last = "";
  try {
    for (const { skill, what, input, shown } of entries) {
      const response = await skills.run(skill, { input }, { signal: new AbortController().signal, from: "local" });
      if (!response.ok) throw new Error(`${skill} ${JSON.stringify(input)}: ${response.code}: ${response.message}`);
      process.stderr.write(`${skill}: ${(response.tookMs / 1000).toFixed(1)} s\n`);
      if (skill !== last) page.push("", `## ${skill}`);
      if (what !== "") page.push("", what);
      page.push("", ...command(skill, input, work), "", ...(await shown(response)));
      last = skill;
    }
    page.push("", ...(await speakAndHear(skills, work)), "");
  } finally {
    await skills.close();
  }
  const markdown = await format(page.join("\n"), { parser: "markdown", printWidth: 120 });
  writeFileSync(join(ROOT, "docs/gallery.md"), markdown);
  rmSync(work, { recursive: true, force: true });
}

const command = (skill: string, input: unknown, work: string): readonly string[] => [
  "```sh",
  `handeye skill ${skill} --input '${JSON.stringify(input).replaceAll(`${work}/`, "")}'`,
  "```",
];

/** Speech goes out and comes in again. */
async function speakAndHear(skills: ReturnType<typeof createSkills>, work: string): Promise<readonly string[]> {
  const run = async (skill: string, input: unknown): Promise<Answer> => {
    const response = await skills.run(skill, { input }, { signal: new AbortController().signal, from: "local" });
    if (!response.ok) throw new Error(`${skill}: ${response.code}: ${response.message}`);
    return response;
  };
  const said = { text: "Put the red mug in the sink." };
  const spoken = await run("speak", said);
  const sound = join(work, "said.wav");
  copyFileSync(spoken.artefacts[0].path, sound);
  const heard = await run("hear", { sound });
  const told = await run("listen", { sound, do: "caption" });
  const { name, bytes } = spoken.artefacts[0];
  return [
    "## speak, hear and listen",
    "",
    "A sentence is spoken into a file, which the on-board ears write down again.",
    "",
    ...command("speak", said, work),
    "",
    `\`${name}\`, ${bytes} bytes`,
    "",
    ...command("hear", { sound }, work),
    "",
    quote(textOf(heard)),
    "",
    ...command("listen", { sound, do: "caption" }, work),
    "",
    quote(textOf(told)),
  ];
}

const RECEIPT = makePdf([
  {
    marks: [
      { text: "Item", x: 72, y: 700 },
      { text: "Count", x: 250, y: 700 },
      { text: "Price", x: 350, y: 700 },
      { text: "Green bag", x: 72, y: 680 },
      { text: "2", x: 250, y: 680 },
      { text: "3.50", x: 350, y: 680 },
      { text: "Red mug", x: 72, y: 660 },
      { text: "1", x: 250, y: 660 },
      { text: "6.00", x: 350, y: 660 },
    ],
  },
]);

if (process.argv[1] === import.meta.filename) await main();
