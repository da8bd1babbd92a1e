import { useMemo } from "react";
import type { Relation } from "../../app";
import type { CellValue, ScoreEntry, TableOf } from "../../cells";
import { lastOf } from "../../runtime";
import type { SplitName, TaskManifest } from "../../tasks";
import { useApp, useAppState } from "../pages/useApp";

type Features = Extract<CellValue, { kind: "features" }>;
type Predictions = Extract<CellValue, { kind: "predictions" }>;

/** What stands around a score: its task, the scored split, the model, and the feature cells that the model was made of. */
export interface Scored {
  manifest: TaskManifest;
  relation: Relation;
  /** The model's result, where it is still the one that was scored. */
  model: Predictions | undefined;
  features: { name: string; value: Features }[];
}

export function useScored(entry: ScoreEntry, split: SplitName): Scored | undefined {
  const app = useApp();
  const session = useAppState((state) => state.session);
  const task = useAppState((state) => state.task);
  return useMemo(() => {
    if (!session || task?.manifest.status !== "ready" || task.data.status !== "ready") return undefined;
    const relation = task.data.relations.find((each) => each.name === split);
    const derived = app.notebooks.derived();
    if (!relation || !derived) return undefined;
    const resultOf = (id: string): CellValue | undefined => lastOf(session.states.get(id) ?? { status: "idle" })?.value;
    const own = derived.cells.find((cell) => cell.name === entry.name);
    const model = own && resultOf(own.id);
    const found = new Map<string, Features>();
    const follow = (id: string): void => {
      for (const [name, read] of derived.graph.reads.get(id) ?? []) {
        if (found.has(name)) continue;
        const value = resultOf(read);
        if (value?.kind === "features") found.set(name, value);
        follow(read);
      }
    };
    if (own) follow(own.id);
    return {
      manifest: task.manifest.value,
      relation,
      model: model?.kind === "predictions" && model.probabilities[split] === entry.probabilities ? model : undefined,
      features: [...found].map(([name, value]) => ({ name, value })),
    };
  }, [app, session, task, entry, split]);
}

/** The columns that a slice's rule is about, of the scored split's rows. */
export function tablesOf(own: TableOf | undefined, features: Scored["features"], split: SplitName): TableOf {
  return (cell) =>
    cell === undefined ? own?.(undefined) : features.find(({ name }) => name === cell)?.value.splits[split];
}
