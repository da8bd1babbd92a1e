import { describe, expect, it } from "vitest";
import { createRandom, hashOf } from "../base";
import { score } from "../scoring";
import {
  agreementOf,
  averageOf,
  boardRows,
  byAverage,
  claimsOf,
  compareRuns,
  formatCard,
  type KeptRun,
  packRows,
  pendingTasks,
  type RunDetail,
  readCard,
  readKept,
  rising,
  type ScoreRun,
  sortRows,
  type TaskResult,
  toForget,
  unpackRows,
  withResult,
} from ".";

const markdown = "---\npolytab: 1\n---\n";
const task: ScoreRun["task"] = {
  id: "fruit",
  title: "Fruit",
  track: "classification",
  metric: "accuracy",
  data: hashOf("rows"),
};

/** A run of three classes over `rows` rows; `skill` is how often the label is the likeliest class. */
function runOf(given: { seed: number; skill: number; rows?: number; made?: number; fitMs?: number }): {
  run: ScoreRun;
  detail: RunDetail;
  probabilities: Float64Array;
  labels: Int32Array;
} {
  const { skill, rows = 400, made = 1, fitMs = 10 } = given;
  const random = createRandom(given.seed);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % 3);
  const probabilities = new Float64Array(rows * 3);
  for (let row = 0; row < rows; row++) {
    const likely = random() < skill ? labels[row] : (labels[row] + 1 + Math.floor(random() * 2)) % 3;
    const top = 0.4 + random() * 0.6;
    for (let k = 0; k < 3; k++) probabilities[row * 3 + k] = k === likely ? top : (1 - top) / 2;
  }
  const classes = ["apple", "pear", "plum"];
  const scored = score({ track: "classification", metric: "accuracy", labels, probabilities, classes, seed: 0 });
  const best = (row: number) =>
    [0, 1, 2].reduce((a, k) => (probabilities[row * 3 + k] > probabilities[row * 3 + a] ? k : a), 0);
  return {
    labels,
    probabilities,
    run: {
      kind: "score",
      id: hashOf(`run ${given.seed} ${skill}`),
      made,
      version: "test",
      notebook: { hash: hashOf(markdown), title: "Fruits" },
      task,
      cell: "result",
      split: "validation",
      rows,
      metric: "accuracy",
      seed: 0,
      classes,
      members: [
        {
          name: "mine",
          title: "linear",
          baseline: false,
          seed: 7,
          trainRows: 10,
          width: 3,
          fitMs,
          predictMs: 1,
          reproducible: true,
          metrics: scored.intervals,
        },
      ],
    },
    detail: { markdown, rows: packRows(labels, 3, [{ name: "mine", probabilities, predicted: best }]) },
  };
}

const kept = (run: ScoreRun, change: Partial<KeptRun> = {}): KeptRun => ({
  id: run.id,
  run,
  starred: false,
  claimed: false,
  bytes: 100,
  ...change,
});

describe("what is kept of predictions", () => {
  it("gives back every row's class, its certainty and the label's share", () => {
    const { run, detail, probabilities, labels } = runOf({ seed: 1, skill: 0.7 });
    const rows = unpackRows(run, detail);
    expect([...(rows?.labels ?? [])]).toEqual([...labels]);
    rows?.members[0].label.forEach((share, row) => {
      expect(share).toBeCloseTo(probabilities[row * 3 + labels[row]], 6);
    });
  });
  it("is left out where there are too many rows, and refused where it does not fit the run", () => {
    expect(packRows(new Int32Array(400_001), 2, [])).toBeUndefined();
    const { run, detail } = runOf({ seed: 1, skill: 0.7 });
    expect(() => unpackRows({ ...run, rows: 399 }, detail)).toThrow(/do not fit its 399 rows/);
    expect(() => unpackRows({ ...run, classes: ["a", "b"] }, detail)).toThrow(/2 classes/);
    const odd = { ...detail, rows: detail.rows && { ...detail.rows, labels: "AA?" } };
    expect(() => unpackRows(run, odd)).toThrow(/not base64/);
  });
});

describe("two runs", () => {
  it("have the scores that their predictions had, and a verdict on the same rows", () => {
    const [weak, strong] = [runOf({ seed: 1, skill: 0.5 }), runOf({ seed: 2, skill: 0.8 })];
    const side = (each: typeof weak) => ({ ...each, member: "mine" });
    const { comparison, fixed, broken, bothRight, bothWrong, rows } = compareRuns(side(weak), side(strong));
    const difference = strong.run.members[0].metrics.accuracy.value - weak.run.members[0].metrics.accuracy.value;
    expect(comparison.difference.value).toBeCloseTo(difference, 12);
    expect(comparison.verdict).toBe("better");
    expect(fixed.length + broken.length + bothRight + bothWrong).toBe(rows);
    expect((fixed.length - broken.length) / rows).toBeCloseTo(difference, 12);
    for (const each of fixed) expect([each.after === each.label, each.before === each.label]).toEqual([true, false]);
    expect(compareRuns(side(strong), side(weak)).comparison.verdict).toBe("worse");
    expect(compareRuns(side(strong), side(strong)).comparison.verdict).toBe("no difference seen");
  });
  it("agree with the losses that the whole predictions have", () => {
    const [a, b] = [runOf({ seed: 1, skill: 0.5 }), runOf({ seed: 2, skill: 0.8 })];
    const lossy = (each: typeof a) => ({ ...each, member: "mine", run: { ...each.run, metric: "log_loss" } });
    const { comparison } = compareRuns(lossy(a), lossy(b));
    const loss = (each: typeof a) => each.run.members[0].metrics.log_loss.value;
    expect(comparison.difference.value).toBeCloseTo(loss(b) - loss(a), 5);
  });
  it("of other data, another split or without predictions are refused with the reason", () => {
    const a = { ...runOf({ seed: 1, skill: 0.5 }), member: "mine" };
    const elsewhere = { ...a, run: { ...a.run, task: { ...task, data: hashOf("others") } } };
    expect(() => compareRuns(a, elsewhere)).toThrow(/different data of the name fruit/);
    expect(() => compareRuns(a, { ...a, run: { ...a.run, split: "train" } })).toThrow(/the other on train/);
    expect(() => compareRuns(a, { ...a, detail: { markdown } })).toThrow(/No predictions of "mine" are kept/);
  });
});

describe("a run card", () => {
  const { run, detail } = runOf({ seed: 1, skill: 0.7, rows: 30 });
  const text = formatCard({ run, detail, name: "My best" });
  it("reads back", () => expect(readCard(text, "x.json")).toEqual({ run, detail, name: "My best" }));
  it.each([
    ["no json", "hello", /it is no JSON/],
    ["another format", '{"format":"polytab-task/1"}', /not a run card/],
    ["a newer one", '{"format":"polytab-run/9"}', /written in polytab-run\/9/],
    ["a changed notebook", text.replace("polytab: 1", "polytab: 2"), /not the one that its scores were made with/],
    ["a damaged field", text.replace('"trainRows": 10', '"trainRows": -10'), /at run.members.0.trainRows/],
  ])("that is %s is refused", (_, card, words) => {
    expect(() => readCard(card, "x.json")).toThrow(words);
  });
  it("of another version in storage counts as nothing", () => {
    expect(readKept(kept(run))).toEqual(kept(run));
    expect(readKept({ id: "x", run: { kind: "song" } })).toBeUndefined();
  });
});

describe("the board", () => {
  const fast = runOf({ seed: 1, skill: 0.6, fitMs: 10, made: 1 }).run;
  const good = runOf({ seed: 2, skill: 0.9, fitMs: 900, made: 2 }).run;
  const slow = runOf({ seed: 3, skill: 0.5, fitMs: 999, made: 3 }).run;
  const rows = boardRows(
    [kept(fast), kept(good), kept(slow, { starred: true })],
    [{ task: "fruit", metric: "accuracy", title: "shipped", value: 0.5 }],
  );
  const order = (by: "score" | "fitMs" | "made", falling = true) =>
    sortRows(rows, { by, falling }).map((row) => row.run);
  it("sorts by score, time and age", () => {
    expect(order("score")).toEqual([good, fast, slow]);
    expect(order("fitMs", false)).toEqual([fast, good, slow]);
    expect(order("made")).toEqual([slow, good, fast]);
  });
  it("says the change against the best baseline, and who is on the front of score against time", () => {
    expect(rows[1].change).toBeCloseTo(rows[1].score.value - 0.5, 12);
    expect(rows[1].baseline).toBe("shipped");
    expect(rows.map((row) => row.pareto)).toEqual([true, true, false]);
  });
  it("shows losses so that higher is better", () => {
    const lossy = { ...fast, metric: "log_loss", task: { ...task, metric: "log_loss" } };
    const { log_loss } = fast.members[0].metrics;
    expect(boardRows([kept(lossy)], [])[0].score).toEqual({
      value: Math.exp(-log_loss.value),
      low: Math.exp(-log_loss.high),
      high: Math.exp(-log_loss.low),
    });
  });
  it("makes room by age, and never at the cost of a starred run", () => {
    const all = [kept(slow, { starred: true }), kept(fast), kept(good)].map((each, i) => ({
      ...each,
      run: { ...each.run, made: i },
    }));
    expect(toForget(all, { runs: 2, bytes: 1e9 })).toEqual([fast.id]);
    expect(toForget(all, { runs: 9, bytes: 150 })).toEqual([fast.id]);
    expect(toForget(all)).toEqual([]);
  });
});

describe("across tasks", () => {
  const lead = runOf({ seed: 1, skill: 0.7 }).run.members[0];
  const scored = (id: string, value: number): TaskResult => ({
    status: "scored",
    task: { ...task, id },
    tookMs: 1,
    run: hashOf(id),
    split: "validation",
    rows: 400,
    metric: "accuracy",
    lead: { ...lead, metrics: { accuracy: { value, low: value - 0.03, high: value + 0.04 } } },
    leftOut: [],
  });
  const failed: TaskResult = {
    status: "failed",
    task: { ...task, id: "c" },
    tookMs: 1,
    fault: { code: "x", message: "No" },
  };
  const tasks = ["a", "b", "c", "d"].map((id) => ({ id, title: id }));
  it("averages what has settled; a failed task counts as 0", () => {
    expect(averageOf({ tasks, results: [] })).toBeUndefined();
    const average = averageOf({ tasks, results: [scored("a", 0.8), scored("b", 0.4), failed] });
    expect(average).toMatchObject({ settled: 3, failed: 1, tasks: 4 });
    expect(average?.value).toBeCloseTo(0.4, 12);
    expect(average?.low).toBeCloseTo(0.4 - Math.hypot(0.03, 0.03) / 3, 12);
    expect(average?.high).toBeCloseTo(0.4 + Math.hypot(0.04, 0.04) / 3, 12);
  });
  it("ranks by the average, and a run that was stopped behind those that are through", () => {
    const run = (results: TaskResult[]) => ({ track: "classification" as const, tasks: tasks.slice(0, 2), results });
    const [weak, good] = [run([scored("a", 0.6), scored("b", 0.4)]), run([scored("a", 0.9), scored("b", 0.7)])];
    const stopped = run([scored("a", 0.9)]);
    expect([run([]), stopped, weak, good].sort(byAverage)).toEqual([good, weak, stopped, run([])]);
    expect(byAverage({ ...weak, track: "matching" }, good)).toBeGreaterThan(0);
  });
  it("keeps results in the track's order, the newest of a task, and knows what is left", () => {
    const run = {
      kind: "across" as const,
      id: hashOf("n"),
      made: 1,
      version: "t",
      notebook: { hash: hashOf(""), title: "" },
      track: "classification" as const,
      cell: "result",
      tasks,
      results: [],
    };
    const both = [scored("b", 0.4), scored("a", 0.8), scored("b", 0.5)].reduce(withResult, run);
    expect(both.results).toEqual([scored("a", 0.8), scored("b", 0.5)]);
    expect(pendingTasks(both).map((each) => each.id)).toEqual(["c", "d"]);
  });
  it("tells a reader whether the author's scores came out again", () => {
    const claims = claimsOf({ results: [scored("a", 0.8), failed] });
    expect(agreementOf({ claims }, scored("a", 0.8))).toEqual({ kind: "same" });
    expect(agreementOf({ claims }, scored("a", 0.7))).toEqual({ kind: "differs", claimed: 0.8, here: 0.7 });
    expect(agreementOf({ claims }, scored("b", 0.7))).toBeUndefined();
    const elsewhere = { ...scored("a", 0.8), task: { ...task, id: "a", data: hashOf("others") } };
    expect(agreementOf({ claims }, elsewhere)).toEqual({ kind: "other data" });
  });
});

it("turns losses into shares and leaves the rest", () => {
  expect(rising("accuracy", 0.8)).toBe(0.8);
  expect(rising("log_loss", 0)).toBe(1);
  expect(rising("brier", 0.25)).toBe(0.75);
});
