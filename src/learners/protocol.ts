import type { FittedEncoder } from "./encoder";
import type { FitRequest, FitResult } from "./fit";
import type { InputColumn } from "./inputs";
import type { Matrix } from "./matrix";

/** What the learners' worker answers. */
export type LearnerCalls = {
  fitPredict: { args: FitRequest; result: FitResult };
  /** Encodes rows as a trained model's sidecar says. */
  encode: { args: { encoder: FittedEncoder; columns: InputColumn[] }; result: Matrix };
  /** Answered at once by a worker that is not stuck: how the client finds out whether a stop got through. */
  ping: { args: null; result: null };
};
