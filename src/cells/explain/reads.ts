import { type TaskManifest, taskColumnOf } from "../../tasks";
import type { Predictions } from "./asked";

/** The task's columns that a model, or one that it reads, takes as they are. */
export function modelInputNames({ exportable, madeOf }: Predictions, manifest: TaskManifest): string[] {
  const own = (exportable?.request.train ?? []).flatMap(({ name }) => taskColumnOf(manifest, name)?.name ?? []);
  const others = [...(madeOf?.values() ?? [])].flatMap((value) =>
    value.kind === "predictions" ? modelInputNames(value, manifest) : [],
  );
  return [...new Set([...own, ...others])];
}
