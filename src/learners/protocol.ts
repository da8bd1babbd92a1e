import type { BlendRequest, BlendResult } from "./blend";
import type { DatasetRequest, Facts } from "./dataset";
import type { Expansion } from "./expand";
import type { Exported, FittedModel } from "./export";
import type { InputColumn } from "./inputs";
import type { Job, JobResult } from "./members";
import type { ModelInputs } from "./model-inputs";
import type { Sidecar } from "./model-manifest";

/** What a worker says of the rows that it was given. */
export interface Opened {
  facts: Facts;
  expansion: Expansion;
  groups?: Int32Array;
}

/** What the learners' worker answers. */
export type LearnerCalls = {
  /** Keeps the rows under a number until they are closed. */
  open: { args: { id: number; request: DatasetRequest }; result: Opened };
  job: { args: { id: number; job: Job }; result: JobResult };
  close: { args: { id: number }; result: null };
  blend: { args: BlendRequest; result: BlendResult };
  export: { args: { model: FittedModel; name: string }; result: Exported };
  /** Encodes rows as a trained model's sidecar says. */
  encode: { args: { sidecar: Sidecar; columns: InputColumn[] }; result: ModelInputs };
  /** Answered at once by a worker that is not stuck: how the client finds out whether a stop got through. */
  ping: { args: null; result: null };
};
