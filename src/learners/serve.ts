import { type Port, serveCalls, throwIfAborted } from "../base";
import { breather, type Driving, drive, type Turns } from "./drive";
import { encode, type FittedEncoder } from "./encoder";
import { type FitRequest, type FitResult, fitPredict, noted, prepareRequest } from "./fit";
import { type InputColumn, prepareColumns } from "./inputs";
import type { Matrix } from "./matrix";
import type { LearnerCalls } from "./protocol";

/** How much of the progress goes to decoding pictures, where there are any. */
const DECODING = 0.2;

/**
 * The whole learner with its pauses: decodes, fits, predicts. Runs in the worker, and in Node for tools.
 * @throws Fault `learner-input`, `learner-settings`, those of pictures; AbortError
 */
export async function runFitPredict(request: FitRequest, turns: Turns, driving: Driving): Promise<FitResult> {
  const decoding = request.train.some((column) => column.as === "image") ? DECODING : 0;
  const breathe = breather(turns, driving);
  const prepared = await prepareRequest(request, (done) =>
    breathe({ done: done * decoding, note: "decoding pictures" }),
  );
  const { onProgress } = driving;
  return drive(fitPredict(prepared, turns.now), turns, {
    ...driving,
    onProgress: onProgress && ((step) => onProgress({ ...step, done: decoding + (1 - decoding) * step.done })),
  });
}

/**
 * Encodes rows for a trained model, with its pauses.
 * @throws Fault `learner-input`, those of pictures; AbortError
 */
export async function runEncode(
  encoder: FittedEncoder,
  columns: InputColumn[],
  turns: Turns,
  driving: Driving,
): Promise<Matrix> {
  const breathe = breather(turns, driving);
  const note = "encoding the rows";
  const prepared = await prepareColumns(columns, (done) => breathe({ done: done / 2, note }));
  return drive(noted(note, encode(encoder, prepared)), turns, {
    ...driving,
    onProgress: (step) => driving.onProgress?.({ ...step, done: 0.5 + step.done / 2 }),
  });
}

/** Answers the learners' calls on a port. */
export function serveLearners(port: Port, turns: Turns): void {
  serveCalls<LearnerCalls>(port, {
    fitPredict: async (request, { signal, progress, transfer }) => {
      const result = await runFitPredict(request, turns, { signal, onProgress: progress });
      throwIfAborted(signal);
      transfer(Object.values(result.probabilities).map((values) => values.buffer));
      return result;
    },
    encode: async ({ encoder, columns }, { signal, progress, transfer }) => {
      const matrix = await runEncode(encoder, columns, turns, { signal, onProgress: progress });
      throwIfAborted(signal);
      transfer([matrix.ids.buffer, matrix.weights.buffer, matrix.offsets.buffer, matrix.dense.buffer]);
      return matrix;
    },
    ping: () => null,
  });
}
