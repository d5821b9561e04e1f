import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { spawnWorker } from "../../ports/spawn-worker.js";
import { openWorker, type WorkerLink } from "./open-worker.js";

describe("a link to a worker", () => {
  let counter: SharedArrayBuffer;
  let counts: Int32Array<SharedArrayBuffer>;
  let ended: number;
  let link: WorkerLink<string, string, number>;
  const open = (refuse = false) =>
    openWorker<string, string, number>({
      name: "echo",
      start: () => {
        const worker = spawnWorker(import.meta.url, "./echo-worker.fixture.js", { workerData: { refuse, counter } });
        worker.on("exit", () => ended++);
        return worker;
      },
    });
  /** Until the worker has taken this many requests. */
  const taken = async (count: number): Promise<void> => {
    while (Atomics.load(counts, 1) < count) await setImmediate();
  };
  beforeEach(async () => {
    counter = new SharedArrayBuffer(8);
    counts = new Int32Array(counter);
    ended = 0;
    link = await open();
  });
  afterEach(() => link.close());

  it("answers one request after the other, in their order", async () => {
    expect(await Promise.all([link.ask("a"), link.ask("b"), link.ask("c")])).toEqual(["a!", "b!", "c!"]);
    expect(link.ready).toBe(1);
  });

  it("gives on what goes wrong in the worker, and goes on", async () => {
    await expect(link.ask("throw")).rejects.toMatchObject({
      code: "model-failed",
      message: expect.stringMatching(/inside/),
    });
    expect(await link.ask("a")).toBe("a!");
    expect(counts[0]).toBe(1);
  });

  it("ends the worker when its run is called off, and starts another for the next", async () => {
    const abort = new AbortController();
    const call = link.ask("block", { signal: abort.signal });
    await taken(1);
    abort.abort();

    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(await link.ask("a")).toBe("a!");
    expect([ended, counts[0]]).toEqual([1, 2]);
  });

  it("keeps the worker when one that only waits is called off", async () => {
    const abort = new AbortController();
    const first = link.ask("a");
    const waits = link.ask("block", { signal: abort.signal });
    abort.abort();

    await expect(waits).rejects.toMatchObject({ code: "aborted" });
    expect(await first).toBe("a!");
    expect(await link.ask("b")).toBe("b!");
    expect([ended, counts[0]]).toEqual([0, 1]);
  });

  it("says so when the worker dies, and starts another for the next", async () => {
    await expect(link.ask("die")).rejects.toMatchObject({
      code: "worker-died",
      message: expect.stringMatching(/exit code 3/),
    });
    expect(await link.ask("a")).toBe("a!");
    expect(counts[0]).toBe(2);
  });

  it("rejects whatever is under way or comes after it was closed", async () => {
    const running = link.ask("block");
    const waits = link.ask("a");
    await taken(1);
    const closing = link.close();

    await expect(running).rejects.toMatchObject({ code: "model-failed" });
    await expect(waits).rejects.toMatchObject({ code: "model-failed" });
    await expect(link.ask("b")).rejects.toMatchObject({ code: "model-failed" });
    await closing;
    await link.close();
    expect(ended).toBe(1);
  });

  it("does not open when the worker cannot load, with the worker's own error", async () => {
    await expect(open(true)).rejects.toMatchObject({
      code: "model-missing",
      message: "there is no model",
      details: { path: "/x" },
    });
  });
});
