import { Command, CommanderError, Option } from "commander";
import { packageVersion } from "../../app/package-root.js";
import { ControllerError } from "../../domain/errors.js";
import { benchCommand, type BenchOptions } from "./bench-command.js";
import { DEFAULT_LAUNCH_FILE } from "../../app/launch/load-launch.js";
import { collect, parseCount, parsePort, parsePositive, withCommonOptions } from "./common-options.js";
import type { DoctorOptions } from "./doctor-command.js";
import { exportCommand, type ExportCommandOptions } from "./export-command.js";
import { EXIT_BAD_INPUT, exitCodeOfError } from "./exit-code.js";
import { addModelsCommands } from "./models-program.js";
import { replayCommand, type ReplayCommandOptions } from "./replay-command.js";
import type { ServeOptions } from "./serve-command.js";
import type { McpOptions } from "./mcp-command.js";
import type { SkillOptions } from "./skill-command.js";
import { simCommand, type SimOptions } from "./sim-command.js";
import { DEMO_INSTRUCTION, runCommand, type RunOptions } from "./run-command.js";

/** The command line. `run(argv)` resolves to the process's exit code and never throws. */
export function createProgram(): { run(argv: readonly string[]): Promise<number> } {
  let exitCode = 0;
  const program = new Command("handeye")
    .description("Tell a robot what to do; it looks, plans, checks, acts, and looks again.")
    .version(packageVersion())
    .exitOverride()
    .showHelpAfterError("(handeye --help lists what can be said)");

  // Commands that bring much along are loaded when they are given: a mission does not wait for what it does not use.
  withCommonOptions(program.command("run", { isDefault: true }))
    .description("carry out one instruction; without one, the demo mission")
    .argument("[instruction...]", "what to do, in English or Chinese")
    .option("--json", "one event per line on stdout; the last line is the result")
    .option("--listen <file>", "a spoken instruction: a WAV file, or mic for the microphone")
    .option("--video <file>", "film the mission (MP4)")
    .option("--record <file>", "record the mission (MCAP)")
    .option("--planner-trace <folder>", "keep prompt, picture and raw answer of every turn of a model planner")
    .action(async (words: string[], options: RunOptions) => {
      if (options.listen !== undefined && words.length > 0)
        throw new ControllerError("bad-input", "Expected an instruction or --listen; found both. Leave one out.");
      exitCode = await runCommand(words.length === 0 ? DEMO_INSTRUCTION : words.join(" "), options);
    });

  withCommonOptions(program.command("serve"))
    .description("stay up: MQTT broker (or a link to yours) and dashboard")
    .option("--json", "events on stdout, the addresses first")
    .option("--host <address>", "where to listen", "127.0.0.1")
    .option("--port <n>", "HTTP and dashboard; 0 = any", parsePort, 8080)
    .option("--mqtt-port <n>", "the broker in this process; 0 = any", parsePort, 1883)
    .option("--broker <url>", "your own broker: mqtt://, mqtts://, ws:// or wss://")
    .option("--record <file>", "record everything (MCAP)")
    .addOption(new Option("--log-format <format>", "what stderr gets").choices(["text", "json"]).default("text"))
    .action(async (options: ServeOptions) => {
      const { serveCommand } = await import("./serve-command.js");
      exitCode = await serveCommand(options);
    });

  withCommonOptions(program.command("replay"))
    .description("decide again from a recording, and show what differs")
    .argument("<recording>", "MCAP file of --record")
    .option("--json", "one decision per line on stdout")
    .option("--recover <file>", "only write what is whole of a broken recording into this file")
    .action(async (recording: string, options: ReplayCommandOptions) => {
      exitCode = await replayCommand(recording, options);
    });

  program
    .command("export")
    .description("make a data set for training out of recordings: every mission an episode")
    .argument("<recordings...>", "MCAP files of --record")
    .requiredOption("--out <folder>", "where it goes; new or empty")
    .addOption(new Option("--format <format>", "LeRobot data set, version 2.1").choices(["lerobot"]).default("lerobot"))
    .option("--fps <n>", "rows a second; default: as many as there are pictures", parsePositive)
    .option("--verified", "leave out missions whose end was not verified")
    .option("--json", "one episode per line on stdout")
    .option("--quiet", "only the result")
    .action(async (recordings: string[], options: ExportCommandOptions) => {
      exitCode = await exportCommand(recordings, options);
    });

  withCommonOptions(program.command("bench"))
    .description("run simulated episodes and score them by the simulator's truth")
    .argument("<suite>", "which suite")
    .option("--episodes <n>", "how many", parseCount, 20)
    .option("--workers <n>", "episodes side by side", parseCount, 2)
    .option("--shard <i/n>", "the i-th of n equal parts, from 1")
    .option("--compare-oracle", "the same again with oracle perception, to show what perception costs")
    .option("--honest", "the simulated world goes on at real time while somebody thinks")
    .option("--json <file>", "write the figures")
    .option("--report <file>", "write a page with the figures (HTML)")
    .action(async (suite: string, options: BenchOptions) => {
      exitCode = await benchCommand(suite, options);
    });

  program
    .command("sim")
    .description("the simulator alone: says what is in it, or is a robot in a ROS graph")
    .option("--ros <url>", "be a robot behind this rosbridge: ws://HOST:9090")
    .option("--bridge <port>", "the same with a rosbridge of its own, on loopback; 0 = any port", parsePort)
    .option("--ros-version <1|2>", "which ROS", "2")
    .option("--scene <name>", "kitchen or tabletop", "kitchen")
    .option("--seed <n>", "what is in the scene, where, in which colours and light", parseCount, 1)
    .option("--rate <x>", "simulated seconds per second", parsePositive, 1)
    .option("--fps <n>", "pictures per second of the head camera", parsePositive, 10)
    .option("--wrist-fps <n>", "the same of the wrist camera; 0 = none", parseCount, 0)
    .option("--lease <ms>", "hold the robot when the controller's heartbeat is older than this", parsePositive)
    .option("--json", "one line of JSON")
    .action(async (options: SimOptions) => {
      exitCode = await simCommand(options);
    });

  withCommonOptions(program.command("skill"))
    .description("list skills, or run one: captions, questions, speech, clips ...")
    .argument("[name]", "which skill; without one, all are listed")
    .option("--input <json>", "what the skill is given: JSON, @FILE with JSON in it, or - for stdin")
    .option("--backend <type>", "one of the skill's configured back ends, in place of their order")
    .option("--out <folder>", "where its files go; default: a folder below stateDir")
    .option("--describe", "show the skill's input, output and examples instead of running it")
    .option("--json", "progress and the answer as JSON lines on stdout")
    .action(async (name: string | undefined, options: SkillOptions) => {
      const { skillCommand } = await import("./skill-command.js");
      exitCode = await skillCommand(name, options);
    });

  withCommonOptions(program.command("mcp"))
    .description("skills and missions for a client of the Model Context Protocol, on stdio")
    .option("--http", "over streamable HTTP on 127.0.0.1 instead, at /mcp")
    .option("--port <n>", "of --http; 0 = any", parsePort, 8090)
    .action(async (options: McpOptions) => {
      // Loaded only where it is used.
      const { mcpCommand } = await import("./mcp-command.js");
      exitCode = await mcpCommand(options);
    });

  addModelsCommands(program, (code) => {
    exitCode = code;
  });

  program
    .command("doctor")
    .description("what works on this machine, and what to do about the rest")
    .option("--launch <file>", "also try the robot that this launch file names", DEFAULT_LAUNCH_FILE)
    .option("--set <path=value>", "override a launch-file field; repeatable", collect, [])
    .action(async (options: DoctorOptions) => {
      const { doctorCommand } = await import("./doctor-command.js");
      exitCode = await doctorCommand(options);
    });

  return {
    async run(argv) {
      try {
        await program.parseAsync(argv);
        return exitCode;
      } catch (error) {
        if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_BAD_INPUT;
        const known = error instanceof ControllerError;
        process.stderr.write(
          `${known ? `${error.code}: ${error.message}` : String(error instanceof Error ? error.stack : error)}\n`,
        );
        return exitCodeOfError(error);
      }
    },
  };
}
