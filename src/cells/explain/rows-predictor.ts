import { takeRows } from "../../table";
import { SPLIT_NAMES } from "../../tasks";
import { withSplits } from "../task-data";
import type { Explaining } from "./asked";
import { groupsOf } from "./groups";
import { movedRows, type Predictor } from "./predictor";

/** Of the splits that are not asked about: enough to see what the columns hold. */
const FEW = 16;

/**
 * A model that the reader brought, as its cell: it is asked again about rows whose columns are shuffled, and so are the
 * feature cells that it reads. What its own inputs are made of is not known here, so columns and modalities are weighed.
 */
export async function predictorOfRows(asked: Explaining, rows: Int32Array): Promise<Predictor> {
  const { context, settings, signal, value } = asked;
  const { manifest } = context.task;
  const table = await context.task.split(settings.split, signal);
  const few = Object.fromEntries(
    await Promise.all(
      SPLIT_NAMES.map(async (name) => {
        const own = await context.task.split(name, signal);
        return [
          name,
          takeRows(
            own,
            Int32Array.from({ length: Math.min(FEW, own.rows) }, (_, row) => row),
          ),
        ] as const;
      }),
    ),
  );
  return {
    groups: groupsOf({ inputs: [], manifest, features: true, related: [] }),
    round: async (order) => {
      const moved = order.map((place) => rows[place]);
      return async (group) => {
        const given = movedRows(table, rows, moved, group?.columns ?? []);
        const task = withSplits(context.task, { ...few, [settings.split]: given });
        const again = await value.again?.(task, { signal, onProgress: () => {} });
        if (again?.kind !== "predictions") throw new Error("the model gave no predictions on other rows");
        return Float32Array.from(again.probabilities[settings.split]);
      };
    },
    release: async () => {},
  };
}
