import { faultDataOf, isAbort } from "../base";
import type { Contestant, ModelEntry } from "../learners";
import type { CellContext, EvaluateCell } from "./context";
import { outOfFoldOf, runOnSplits } from "./onnx-model";

export interface Shipped {
  members: Contestant[];
  /** Why the list of models says nothing, where it could not be read: a run with it may end elsewhere. */
  unread?: string;
}

/**
 * The models that ship for this task, as members of `auto`: those that read all of its columns and have out-of-fold
 * predictions of these very training rows. They run on WASM, whose numbers are the same on every machine.
 */
export async function shippedMembers(
  context: CellContext,
  options: Pick<Parameters<EvaluateCell>[3], "signal" | "onProgress">,
): Promise<Shipped> {
  const { task, engines } = context;
  let models: ModelEntry[];
  try {
    ({ models } = await engines.models.list());
  } catch (error) {
    if (isAbort(error)) throw error;
    // A site without models is whole, and so is a reader's own task without the network.
    return { members: [], unread: faultDataOf(error).message };
  }
  const members: Contestant[] = [];
  for (const entry of models) {
    if (entry.task !== task.manifest.id || entry.reads !== "all") continue;
    const crossPredict = outOfFoldOf(entry, context);
    // Other rows of the task, for a measurement, are not those that it was asked about.
    const { rows } = await task.split("train", options.signal);
    if (!crossPredict || rows !== entry.outOfFold?.rows) continue;
    const { id } = entry;
    const { bytes, sidecar } = await engines.models.load(id, options);
    const [train, ran] = await Promise.all([
      crossPredict(options),
      runOnSplits({ id, bytes, sidecar, provider: "wasm" }, ["validation", "test"], context, {
        ...options,
        onProgress: ({ done }) => options.onProgress({ done, note: `running ${id}` }),
      }),
    ]);
    members.push({
      name: `model ${entry.id}`,
      title: `${entry.id} (ships with the task)`,
      outOfFold: Float32Array.from(train.probabilities),
      probabilities: {
        train: Float32Array.from(train.probabilities),
        validation: Float32Array.from(ran.probabilities.validation),
        test: Float32Array.from(ran.probabilities.test),
      },
      fitMs: 0,
      predictMs: ran.told.predictMs,
      features: 0,
      notes: [],
    });
  }
  return { members };
}
