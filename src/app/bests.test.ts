import { describe, expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { type CellValue, dataHashOf, type ModelInfo } from "../cells";
import { parseNotebook, startHistory } from "../notebook";
import type { CellState } from "../runtime";
import { score } from "../scoring";
import { readManifest, type SplitName } from "../tasks";
import { createBests, type Shelf } from "./bests";
import { derive } from "./graph";
import { OFFLINE_AT_START } from "./offline-state";
import type { AppState } from "./state";
import { NO_VIEW } from "./view";

const file = (name: string, digit: string) => ({
  rows: 4,
  parquet: `${name}.parquet`,
  csv: `${name}.csv`,
  sha256: { parquet: digit.repeat(64), csv: digit.repeat(64) },
});
const manifestOf = (metric: string, digit = "a") =>
  readManifest(
    {
      format: "polytab-task/1",
      id: "fruit",
      title: "Fruit",
      track: "classification",
      description: "",
      licence: "MIT",
      attribution: [],
      source: "",
      columns: [{ name: "name", modality: "text" }],
      label: { column: "label", classes: ["apple", "pear"] },
      metric,
      splits: { train: file("train", digit), validation: file("validation", digit), test: file("test", digit) },
    },
    "task.json",
  );

const info = (baseline: boolean): ModelInfo => ({
  title: "linear",
  width: 1,
  trainRows: 4,
  fitMs: 1,
  predictMs: 1,
  notes: [],
  baseline,
  reproducible: true,
});

const labels = Int32Array.of(0, 0, 1, 1);
const classes = ["apple", "pear"];

/** Predictions that give `right` of four rows their class, the others the wrong one. */
const entry = (name: string, right: number, baseline = false) => {
  const probabilities = Float64Array.from(
    [...labels].flatMap((label, row) => ((label === 0) === row < right ? [0.9, 0.1] : [0.1, 0.9])),
  );
  return {
    name,
    info: info(baseline),
    probabilities,
    scored: score({ track: "classification", metric: "accuracy", labels, probabilities, classes, seed: 1 }),
  };
};
const scored = (entries: ReturnType<typeof entry>[], split: SplitName = "validation"): CellValue => ({
  kind: "score",
  split,
  metric: "accuracy",
  classes,
  labels,
  entries,
  comparisons: [],
  leaky: true,
});

const TEXT =
  "---\npolytab: 1\ntask: fruit\n---\n\n```model mine\nlearner: linear\ninputs: columns\n```\n\n```score result\npredictions: mine\n```\n";

function setUp(manifest = manifestOf("accuracy"), shelf: Shelf = shelfOf()) {
  const history = startHistory(parseNotebook(TEXT));
  const derived = () => derive(history.present, dataHashOf(manifest));
  const store = createStore<AppState>(() => ({
    route: { page: "home" },
    catalogue: { status: "loading" },
    task: { id: "fruit", manifest: { status: "ready", value: manifest }, data: { status: "asleep" } },
    session: {
      slot: "s1",
      history,
      trusted: true,
      shared: undefined,
      states: new Map(),
      elsewhere: false,
      saved: { status: "saved" },
    },
    view: NO_VIEW,
    linkFault: undefined,
    slots: [],
    runs: [],
    across: undefined,
    challenge: undefined,
    consent: undefined,
    notices: [],
    importing: undefined,
    offline: OFFLINE_AT_START,
  }));
  const bests = createBests({ store, derived, shelf });
  const cell = derived().cells[1];
  const settle = (value: CellValue, key = derived().keys.get(cell.id) ?? "") => {
    const state: CellState<CellValue> = { status: "ready", last: { value, key, tookMs: 1 } };
    store.setState(({ session }) => ({ session: session && { ...session, states: new Map([[cell.id, state]]) } }));
  };
  return { bests, settle, shelf, store };
}

function shelfOf(kept?: string): Shelf {
  const items = new Map(kept === undefined ? [] : [["polytab.bests", kept]]);
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

describe("the reader's best", () => {
  it("is the best fresh score on validation, with where it was reached, and stays when a later run is worse", () => {
    const { bests, settle } = setUp();
    expect(bests.of("fruit")).toBeUndefined();
    settle(scored([entry("mine", 2), entry("other", 3)]));
    expect(bests.of("fruit")).toMatchObject({
      value: 0.75,
      metric: "accuracy",
      slot: "s1",
      cell: "result",
      predictions: "other",
    });
    settle(scored([entry("mine", 1)]));
    expect(bests.of("fruit")?.value).toBe(0.75);
    settle(scored([entry("mine", 4)]));
    expect(bests.of("fruit")).toMatchObject({ value: 1, predictions: "mine" });
  });

  it("is none of a shipped baseline, of training rows, of a stale cell or of a notebook that has no place", () => {
    const { bests, settle, store } = setUp();
    settle(scored([entry("baseline", 4, true)]));
    settle(scored([entry("mine", 4)], "train"));
    settle(scored([entry("mine", 4)]), "another key");
    store.setState(({ session }) => ({ session: session && { ...session, slot: undefined } }));
    settle(scored([entry("mine", 4)]));
    expect(bests.of("fruit")).toBeUndefined();
  });

  it("is taken by the task's metric, whatever the cell shows first, and lower may be better", () => {
    const { bests, settle } = setUp(manifestOf("log_loss"));
    settle(scored([entry("mine", 2)]));
    const first = bests.of("fruit")?.value ?? 0;
    settle(scored([entry("mine", 3)]));
    expect(bests.of("fruit")?.metric).toBe("log_loss");
    expect(bests.of("fruit")?.value).toBeLessThan(first);
  });

  it("is kept between visits, gives way when the task's rows change, and damage counts as nothing", () => {
    const { settle, shelf } = setUp();
    settle(scored([entry("mine", 4)]));
    expect(setUp(manifestOf("accuracy"), shelf).bests.of("fruit")?.value).toBe(1);
    const other = setUp(manifestOf("accuracy", "b"), shelf);
    other.settle(scored([entry("mine", 2)]));
    expect(other.bests.of("fruit")?.value).toBe(0.5);
    for (const kept of ["{", '{"fruit": {"value": "high"}}', "[]"])
      expect(setUp(manifestOf("accuracy"), shelfOf(kept)).bests.of("fruit")).toBeUndefined();
  });
});
