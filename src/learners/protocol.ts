import type { Interval } from "../scoring";
import type { BlendRequest, BlendResult } from "./blend";
import type { Facts } from "./dataset";
import type { Expansion } from "./expand";
import type { Exported, FittedModel } from "./export";
import type { Job, JobResult } from "./members";
import type { ModelInputs } from "./model-inputs";
import type { Sidecar } from "./model-manifest";
import type { DropRequest, RowChange } from "./shuffled";
import type { PackedDataset, PackedInput } from "./wire";

/** What a worker says of the rows that it was given. */
export interface Opened {
  facts: Facts;
  expansion: Expansion;
  groups?: Int32Array;
}

/** A change as it crosses. */
export type PackedChange = Omit<RowChange, "replaced"> & { replaced: PackedInput[] };

/** What the learners' worker answers. */
export type LearnerCalls = {
  /** Keeps the rows under a number until they are closed. */
  open: { args: { id: number; request: PackedDataset }; result: Opened };
  job: { args: { id: number; job: Job }; result: JobResult };
  close: { args: { id: number }; result: null };
  blend: { args: BlendRequest; result: BlendResult };
  export: { args: { model: FittedModel; name: string }; result: Exported };
  /** Encodes rows as a trained model's sidecar says. */
  encode: { args: { sidecar: Sidecar; columns: PackedInput[] }; result: ModelInputs };
  /** Keeps the rows of a trained model under a number, decoded, until they are released. */
  hold: { args: { id: number; sidecar: Sidecar; columns: PackedInput[] }; result: null };
  /** Encodes kept rows, with some columns changed. */
  encodeHeld: { args: { id: number; change: PackedChange }; result: ModelInputs };
  release: { args: { id: number }; result: null };
  drop: { args: DropRequest; result: Interval };
  /** Answered at once by a worker that is not stuck: how the client finds out whether a stop got through. */
  ping: { args: null; result: null };
};
