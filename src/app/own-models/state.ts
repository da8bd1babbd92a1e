import type { FaultData, Progress } from "../../base";
import type { ModelInfo } from "../../inference";
import type { Sidecar } from "../../learners";

/** A model on its way into the notebook. */
export interface BringingModel {
  file: string;
  size: number;
  progress?: Progress;
  fault?: FaultData;
  /** When it was opened once, in a runtime of its own. */
  opened?: { hash: string; info: ModelInfo; sidecar?: Sidecar };
}
