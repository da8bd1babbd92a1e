import { Fault, type Port, serveCalls, throwIfAborted } from "../base";
import { blend } from "./blend";
import { type Dataset, type DatasetRequest, openDataset } from "./dataset";
import { breather, DECODING, type Driving, drive, type Turns } from "./drive";
import { exportPlan } from "./export";
import { checkRequest, type FitRequest, type FitResult, fitPlanned } from "./fit";
import { type InputColumn, type PreparedColumn, prepareColumns } from "./inputs";
import { type Job, type JobResult, runJob } from "./members";
import { encodeForModel, type ModelInputs, picturesForModel } from "./model-inputs";
import type { Sidecar } from "./model-manifest";
import { PictureStore } from "./pictures";
import type { LearnerCalls, Opened } from "./protocol";
import { changedColumns, weigh } from "./shuffled";
import { noted } from "./steps";
import { unpackDataset, unpackInputs } from "./wire";

/**
 * Fits and predicts in this thread, with pauses: for Node, and for tests. The answer is the one that workers give.
 * @throws Fault `learner-input`, `learner-settings`, those of pictures; AbortError
 */
export async function runFitPredict(request: FitRequest, turns: Turns, driving: Driving): Promise<FitResult> {
  checkRequest(request);
  const { signal, onProgress } = driving;
  const decoding = request.train.some((column) => column.as === "image") ? DECODING : 0;
  const dataset = await open(request, turns, {
    signal,
    onProgress: ({ done, note }) => onProgress?.({ done: done * decoding, note }),
  });
  return fitPlanned(request, {
    ...openedOf(dataset),
    executors: [{ run: (job, options) => runOne(dataset, job, turns, options) }],
    blend: (blending, options) => drive(noted("blending", blend(blending)), turns, options),
    now: turns.now,
    signal,
    onProgress: onProgress && ((step) => onProgress({ ...step, done: decoding + (1 - decoding) * step.done })),
  });
}

function openedOf({ facts, expansion, groups }: Dataset): Opened {
  return { facts, expansion, ...(groups && { groups }) };
}

function open(request: DatasetRequest, turns: Turns, driving: Driving, store?: PictureStore): Promise<Dataset> {
  const breathe = breather(turns, driving);
  return openDataset(request, (done) => breathe({ done, note: "reading the rows" }), store);
}

async function runOne(dataset: Dataset, job: Job, turns: Turns, driving: Driving): Promise<JobResult> {
  if (job.member.learner === "cnn") {
    const breathe = breather(turns, driving);
    await dataset.loadPixels(() => breathe({ done: 0, note: "decoding pictures" }));
  }
  return drive(runJob(dataset, job, turns.now), turns, driving);
}

/**
 * Encodes rows for a trained model, with its pauses.
 * @throws Fault `learner-input`, those of pictures; AbortError
 */
export async function runEncode(
  sidecar: Sidecar,
  columns: InputColumn[],
  turns: Turns,
  driving: Driving,
): Promise<ModelInputs> {
  const breathe = breather(turns, driving);
  const note = "encoding the rows";
  const prepared = await prepareColumns(columns, (done) => breathe({ done: done * 0.4, note }));
  return encodePrepared(sidecar, prepared, turns, driving);
}

async function encodePrepared(
  sidecar: Sidecar,
  prepared: readonly PreparedColumn[],
  turns: Turns,
  driving: Driving,
): Promise<ModelInputs> {
  const breathe = breather(turns, driving);
  const note = "encoding the rows";
  const pictures = await picturesForModel(sidecar, prepared, (done) => breathe({ done: 0.4 + done * 0.1, note }));
  const rest = await drive(noted(note, encodeForModel(sidecar, prepared)), turns, {
    ...driving,
    onProgress: (step) => driving.onProgress?.({ ...step, done: 0.5 + step.done / 2 }),
  });
  return { ...pictures, ...rest };
}

/** Answers the learners' calls on a port. */
export function serveLearners(port: Port, turns: Turns): void {
  const datasets = new Map<number, Dataset>();
  const held = new Map<number, { sidecar: Sidecar; columns: PreparedColumn[]; store: PictureStore }>();
  const store = new PictureStore();
  serveCalls<LearnerCalls>(port, {
    open: async ({ id, request }, { signal, progress }) => {
      if (datasets.size === 0) store.tidy();
      const dataset = await open(unpackDataset(request), turns, { signal, onProgress: progress }, store);
      throwIfAborted(signal);
      datasets.set(id, dataset);
      return openedOf(dataset);
    },
    job: async ({ id, job }, { signal, progress, transfer }) => {
      const dataset = datasets.get(id);
      if (!dataset) throw new Fault("worker-died", "The learners have let these rows go", { hint: "Run again." });
      const result = await runOne(dataset, job, turns, { signal, onProgress: progress });
      throwIfAborted(signal);
      transfer(Object.values(result.probabilities).map((values) => values.buffer));
      return result;
    },
    close: ({ id }) => {
      datasets.delete(id);
      return null;
    },
    blend: async (request, { signal, progress, transfer }) => {
      const result = await drive(noted("blending", blend(request)), turns, { signal, onProgress: progress });
      throwIfAborted(signal);
      transfer([result.outOfFold.buffer, ...Object.values(result.probabilities).map((values) => values.buffer)]);
      return result;
    },
    export: ({ model, name }, { transfer }) => {
      const exported = exportPlan(model.plan, { ...model, name, quantised: false });
      transfer([exported.onnx.buffer]);
      return exported;
    },
    encode: async ({ sidecar, columns }, { signal, progress, transfer }) => {
      const inputs = await runEncode(sidecar, unpackInputs(columns), turns, { signal, onProgress: progress });
      throwIfAborted(signal);
      transfer(Object.values(inputs).map(({ data }) => data.buffer));
      return inputs;
    },
    hold: async ({ id, sidecar, columns }, { signal, progress }) => {
      const breathe = breather(turns, { signal, onProgress: progress });
      const own = new PictureStore();
      const prepared = await prepareColumns(
        unpackInputs(columns),
        (done) => breathe({ done, note: "reading the rows" }),
        own,
      );
      throwIfAborted(signal);
      held.set(id, { sidecar, columns: prepared, store: own });
      return null;
    },
    encodeHeld: async ({ id, change }, { signal, progress, transfer }) => {
      const rows = held.get(id);
      if (!rows) throw new Fault("worker-died", "The learners have let these rows go", { hint: "Run again." });
      const driving = { signal, onProgress: progress };
      const breathe = breather(turns, driving);
      const pause = (done: number) => breathe({ done: done * 0.2, note: "reading the rows" });
      const replaced = await prepareColumns(unpackInputs(change.replaced), pause, rows.store);
      const columns = changedColumns(rows.columns, change, replaced);
      const inputs = await encodePrepared(rows.sidecar, columns, turns, driving);
      throwIfAborted(signal);
      transfer(Object.values(inputs).map(({ data }) => data.buffer));
      return inputs;
    },
    release: ({ id }) => {
      held.delete(id);
      return null;
    },
    drop: (request, { signal, progress }) => drive(weigh(request), turns, { signal, onProgress: progress }),
    ping: () => null,
  });
}
