import * as ort from "onnxruntime-web";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Fault, type Port, type WorkerPort } from "../base";
import { createLearners } from "./client";
import type { Turns } from "./drive";
import type { FitRequest } from "./fit";
import { type InputColumn, prepareColumns } from "./inputs";
import { encodeForModel } from "./model-inputs";
import { serveLearners } from "./serve";
import { runToEnd } from "./steps";

ort.env.wasm.numThreads = 1;

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

/** Families of texts that the split keeps apart, and a number: trees on the words' out-of-fold probabilities. */
function families(): FitRequest {
  const part = (from: number, count: number): InputColumn[] => {
    const family = Array.from({ length: count }, (_, row) => from + Math.floor(row / 4));
    const values = family.map((f) => `${["oak", "elm"][f % 2]} ${["tall", "low", "old"][f % 3]} f${f}`);
    return [
      { name: "t", as: "text", column: { kind: "string", name: "t", values } },
      {
        name: "x",
        as: "numeric",
        column: { kind: "number", name: "x", values: Float64Array.from(family, (f, i) => (f * 7 + i) % 5) },
      },
    ];
  };
  return {
    ...request,
    learner: "gbdt",
    labels: Int32Array.from({ length: 240 }, (_, row) => (Math.floor(row / 4) % 2 === (row % 9 === 0 ? 0 : 1) ? 1 : 0)),
    train: part(0, 240),
    predict: { validation: part(1000, 40) },
  };
}

describe("the learners' client", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("exports the very model whose predictions it gave, folds by families and all", async () => {
    const learners = createLearners({ spawn: () => spawnDouble((port) => serveLearners(port, turns)), workers: 1 });
    const asked = families();
    const { probabilities } = await learners.fitPredict(asked);
    const { onnx, sidecar } = await learners.exportModel({ request: asked, models: {} }, "trees");
    const rows = await prepareColumns(asked.predict.validation, async () => {});
    const feeds = Object.entries(runToEnd(encodeForModel(sidecar, rows))).map(([name, { type, data, dims }]) => [
      name,
      new ort.Tensor(type, data, dims),
    ]);
    const session = await ort.InferenceSession.create(onnx);
    const output = (await session.run(Object.fromEntries(feeds)))[sidecar.output].data as Float32Array;
    const difference = Math.max(...Array.from(output, (value, i) => Math.abs(value - probabilities.validation[i])));
    expect(difference).toBeLessThan(1e-5);
    // It bites: without the rows to predict the folds are others, and so are the trees.
    const other = await learners.fitPredict({ ...asked, predict: {}, keep: true });
    const same = await learners.fitPredict({ ...asked, keep: true });
    expect(other.fitted?.members).not.toEqual(same.fitted?.members);
    learners.dispose();
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
