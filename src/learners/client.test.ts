import { afterEach, describe, expect, it, vi } from "vitest";
import { Fault, type Port, type WorkerPort } from "../base";
import { createLearners } from "./client";
import type { Turns } from "./drive";
import type { FitRequest } from "./fit";
import { serveLearners } from "./serve";

const turns: Turns = { now: () => performance.now(), pause: () => new Promise((resolve) => setTimeout(resolve)) };

/** A worker without a thread: messages arrive in macrotasks, and none after its end. `stuck` never answers. */
function spawnDouble(serve: (port: Port) => void): WorkerPort {
  const page: ((message: unknown) => void)[] = [];
  const worker: ((message: unknown) => void)[] = [];
  const deaths: ((fault: Fault) => void)[] = [];
  let alive = true;
  const send = (listeners: typeof page, message: unknown) =>
    setTimeout(() => {
      if (alive) for (const listener of listeners) listener(message);
    });
  serve({ post: (message) => send(page, message), listen: (listener) => worker.push(listener), onDeath: () => {} });
  return {
    post: (message) => send(worker, message),
    listen: (listener) => page.push(listener),
    onDeath: (listener) => deaths.push(listener),
    terminate: (fault) => {
      if (!alive) return;
      alive = false;
      for (const listener of deaths) listener(fault);
    },
  };
}

const rows = 400;
const requestOf = (rows: number): FitRequest => ({
  learner: "linear",
  settings: {},
  seed: 1,
  classes: ["a", "b"],
  labels: Int32Array.from({ length: rows }, (_, row) => row % 2),
  train: [
    {
      name: "x",
      as: "numeric",
      column: { kind: "number", name: "x", values: Float64Array.from({ length: rows }, (_, row) => row % 7) },
    },
  ],
  predict: {},
  pairs: false,
  metric: "accuracy",
  outOfFold: false,
  models: [],
});
const request = requestOf(rows);
const endless: FitRequest = { ...requestOf(40_000), settings: { epochs: 1000 } };

describe("the learners' client", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("starts the worker at the first call, and fits in it", async () => {
    const spawn = vi.fn(() => spawnDouble((port) => serveLearners(port, turns)));
    const learners = createLearners({ spawn });
    expect(spawn).not.toHaveBeenCalled();
    expect((await learners.fitPredict(request)).rows).toBe(rows);
    expect(
      (await learners.fitPredict({ ...request, predict: { train: request.train } })).probabilities.train.length,
    ).toBe(2 * rows);
    expect(spawn).toHaveBeenCalledTimes(1);
  });

  it("hands on the worker's fault, with its hint", async () => {
    const learners = createLearners({ spawn: () => spawnDouble((port) => serveLearners(port, turns)) });
    await expect(learners.fitPredict({ ...request, settings: { epoch: 1 } })).rejects.toMatchObject({
      code: "learner-settings",
      hint: 'Did you mean "epochs"?',
    });
  });

  it("keeps a worker that answers after a stop", async () => {
    const spawn = vi.fn(() => spawnDouble((port) => serveLearners(port, turns)));
    const learners = createLearners({ spawn });
    const stop = new AbortController();
    const running = learners.fitPredict(endless, { signal: stop.signal });
    setTimeout(() => stop.abort(), 60);
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await learners.fitPredict(request)).rows).toBe(rows);
    expect(spawn).toHaveBeenCalledTimes(1);
  });

  it("terminates a worker that hangs after a stop, and starts another for the next call", async () => {
    vi.useFakeTimers();
    const ports: WorkerPort[] = [];
    const spawn = vi.fn(() => {
      const port = spawnDouble((inner) => ports.length > 0 && serveLearners(inner, turns));
      vi.spyOn(port, "terminate");
      ports.push(port);
      return port;
    });
    const learners = createLearners({ spawn });
    const stop = new AbortController();
    const running = learners.fitPredict(request, { signal: stop.signal });
    const other = learners.fitPredict(request);
    const otherFault = expect(other).rejects.toMatchObject({ code: "worker-died" });
    stop.abort();
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    await vi.advanceTimersByTimeAsync(490);
    expect(ports[0].terminate).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(20);
    expect(ports[0].terminate).toHaveBeenCalledTimes(1);
    await otherFault;
    vi.useRealTimers();
    expect((await learners.fitPredict(request)).rows).toBe(rows);
    expect(spawn).toHaveBeenCalledTimes(2);
  });

  it("rejects open calls when the worker crashes or is closed, and takes none after closing", async () => {
    const ports: WorkerPort[] = [];
    const spawn = () => {
      ports.push(spawnDouble((port) => serveLearners(port, turns)));
      return ports[ports.length - 1];
    };
    const learners = createLearners({ spawn });
    const open = learners.fitPredict(endless);
    const crashed = expect(open).rejects.toThrow("out of memory");
    ports[0].terminate(new Fault("worker-died", "out of memory"));
    await crashed;
    expect((await learners.fitPredict(request)).rows).toBe(rows);
    learners.dispose();
    await expect(learners.fitPredict(request)).rejects.toMatchObject({ code: "worker-died" });
  });
});
