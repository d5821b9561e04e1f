import { env, InferenceSession } from "onnxruntime-node";
import { ControllerError } from "../../domain/errors.js";
import type { Provider } from "./families.js";

/** A tensor that a graph must have: type and sizes, undefined where any will do. */
export interface TensorSpec {
  readonly name: string;
  readonly type: "float32" | "int64" | "bool";
  readonly shape: readonly (number | undefined)[];
  readonly optional?: true;
}

export interface Signature {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

export interface GraphOptions {
  /** Tried in this order. */
  readonly providers: readonly Provider[];
  readonly threads: number;
}

/** A provider that was asked for and could not be had. */
export interface SkippedProvider {
  readonly provider: Provider;
  readonly reason: string;
}

export interface Graph {
  readonly session: InferenceSession;
  readonly provider: Provider;
  readonly skipped: readonly SkippedProvider[];
  readonly hasInput: (name: string) => boolean;
  readonly hasOutput: (name: string) => boolean;
}

/**
 * Loads a graph on the first provider that works. Throws `model-damaged` for a file that is no graph or has other tensors, and
 * `model-failed` when no provider of the list works: there is no fallback that the list does not name.
 */
export async function openGraph(path: string, signature: Signature, options: GraphOptions): Promise<Graph> {
  const skipped: SkippedProvider[] = [];
  // Errors come as exceptions; the runtime would print them as well, in colours.
  env.logLevel = "fatal";
  for (const provider of options.providers) {
    let session: InferenceSession;
    try {
      session = await InferenceSession.create(path, {
        executionProviders: [provider],
        intraOpNumThreads: options.threads,
        interOpNumThreads: 1,
        executionMode: "sequential",
        logSeverityLevel: 4,
      });
    } catch (cause) {
      const reason = firstLine(cause);
      if (isAboutFile(reason)) {
        throw new ControllerError("model-damaged", `${path} cannot be loaded as an ONNX graph: ${reason}`, {
          cause,
          details: { reason: "graph", path },
        });
      }
      skipped.push({ provider, reason });
      continue;
    }
    const found = { inputs: session.inputMetadata, outputs: session.outputMetadata };
    const misfit = [
      ...misfits("input", signature.inputs, found.inputs),
      ...misfits("output", signature.outputs, found.outputs),
    ];
    if (misfit.length > 0) {
      await session.release();
      throw new ControllerError(
        "model-damaged",
        `${path} is not a graph of this family: ${misfit.join("; ")}. Check that type and modelDir belong together.`,
        { details: { reason: "signature", misfits: misfit } },
      );
    }
    return {
      session,
      provider,
      skipped,
      hasInput: (name) => session.inputNames.includes(name),
      hasOutput: (name) => session.outputNames.includes(name),
    };
  }
  const reasons = skipped.map(({ provider, reason }) => `${provider}: ${reason}`).join("; ");
  throw new ControllerError(
    "model-failed",
    `No provider of the list works here (${reasons}). Add "cpu" to perception.providers.`,
    { details: { reason: "providers", skipped } },
  );
}

type Metadata = readonly InferenceSession.ValueMetadata[];

function* misfits(what: "input" | "output", specs: readonly TensorSpec[], found: Metadata): Generator<string> {
  for (const spec of specs) {
    const tensor = found.find(({ name }) => name === spec.name);
    if (tensor === undefined) {
      if (!spec.optional) yield `${what} "${spec.name}" is expected; found ${found.map(({ name }) => name).join(", ")}`;
      continue;
    }
    if (!tensor.isTensor) {
      yield `${what} "${spec.name}" must be a tensor`;
      continue;
    }
    if (tensor.type !== spec.type) yield `${what} "${spec.name}" must be ${spec.type}, found ${tensor.type}`;
    const fits =
      tensor.shape.length === spec.shape.length &&
      tensor.shape.every(
        (size, i) => typeof size !== "number" || size < 0 || spec.shape[i] === undefined || size === spec.shape[i],
      );
    if (!fits) yield `${what} "${spec.name}" must be [${show(spec.shape)}], found [${show(tensor.shape)}]`;
  }
  if (what === "output") return;
  // Inputs that nobody feeds would fail at the first picture; say it now.
  for (const { name } of found) {
    if (!specs.some((spec) => spec.name === name)) yield `input "${name}" is none of this family`;
  }
}

const show = (shape: readonly (number | string | undefined)[]): string => shape.map((size) => size ?? "any").join(", ");

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split("\n")[0];

/** Whether the runtime complains of the file rather than of the provider: then no other provider will help. */
const isAboutFile = (reason: string): boolean =>
  /protobuf parsing failed|INVALID_PROTOBUF|NO_SUCHFILE|doesn't exist|INVALID_GRAPH|not a valid model|Unsupported model IR|ModelProto|Opset|external data/i.test(
    reason,
  );
