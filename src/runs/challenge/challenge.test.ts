import { describe, expect, it } from "vitest";
import { hashOf } from "../../base";
import type { Table } from "../../table";
import { readCsv } from "../../tasks";
import { readPredictions } from "../predictions/file";
import { scorePredictions } from "../predictions/score";
import type { KeptRun, ScoreRun } from "../run";
import { challengeBoard } from "./board";
import { type CardSource, type Entry, entriesOf } from "./entries";
import { readChallengeList } from "./list";
import { namesInPath } from "./names";

const TASKS = ["emoji-languages", "web-features"];

const entry = (team: string, task: string, value: number, more: Partial<Entry> = {}): Entry => ({
  team,
  task,
  split: "test",
  metric: "f1",
  score: { value, low: value - 0.1, high: value + 0.1 },
  standing: { kind: "scored" },
  from: `${team}/${task}.csv`,
  ...more,
});

describe("the board of three teams' prediction files", () => {
  const labels = new Map(["a", "b", "c", "d"].map((id, row) => [id, row < 2 ? 1 : 0]));
  const tableOf = (text: string): Table => {
    const { rows, columns } = readCsv(new TextEncoder().encode(text), { role: "test", file: "x.csv", label: "id" });
    return { rows, columns };
  };
  const file = (predicted: string): string =>
    ["id,prediction,p_0,p_1", ...[...predicted].map((k, row) => `${"abcd"[row]},${k},${1 - Number(k)},${k}`)].join(
      "\n",
    );
  const given: [path: string, predicted: string][] = [
    ["comets/emoji-languages.csv", "1100"],
    ["comets/web-features.csv", "1000"],
    ["rockets.emoji-languages.csv", "1111"],
    ["rockets.web-features.csv", "1100"],
    ["sparrows/emoji-languages.csv", "0001"],
  ];
  const entries = given.map(([path, predicted]) => {
    const { team, task } = namesInPath(path, TASKS);
    const read = readPredictions(tableOf(file(predicted)), ["0", "1"], path);
    const score = scorePredictions(read, { track: "matching", metric: "f1", labels }, path);
    return entry(team ?? "?", task ?? "?", 0, { score });
  });
  const board = challengeBoard(entries, TASKS, "test");

  it("ranks by the average over the track, a missing task as 0", () => {
    const said = board.map(({ team, rank, medal, average, missing }) => [team, rank, medal, average.value, missing]);
    expect(said).toEqual([
      ["comets", 1, "gold", (1 + 2 / 3) / 2, []],
      ["rockets", 1, "gold", (2 / 3 + 1) / 2, []],
      ["sparrows", 3, undefined, 0, ["web-features"]],
    ]);
    expect(board.map(({ tied }) => tied)).toEqual([true, true, false]);
  });

  it("has nothing on a split or a track that nobody was scored on", () => {
    expect(challengeBoard(entries, TASKS, "validation")).toEqual([]);
    expect(challengeBoard(entries, ["emoji-aisle"], "test")).toEqual([]);
  });
});

describe("a challenge board", () => {
  it("gives the third medal to the third, and after a tie for gold no silver", () => {
    const scores = { a: 0.9, b: 0.8, c: 0.7, d: 0.6 };
    const medals = (values: Record<string, number>) =>
      challengeBoard(
        Object.entries(values).map(([team, value]) => entry(team, "web-features", value)),
        ["web-features"],
        "test",
      ).map(({ team, medal }) => [team, medal]);
    expect(medals(scores)).toEqual([
      ["a", "gold"],
      ["b", "silver"],
      ["c", "bronze"],
      ["d", undefined],
    ]);
    expect(medals({ ...scores, b: 0.9 })).toEqual([
      ["a", "gold"],
      ["b", "gold"],
      ["c", "bronze"],
      ["d", undefined],
    ]);
  });

  it("counts the last of several scores, turns losses over, and says when something is only claimed", () => {
    const [line] = challengeBoard(
      [
        entry("a", "web-features", 0.3),
        entry("a", "web-features", 0.8),
        entry("a", "emoji-languages", 0, {
          metric: "log_loss",
          score: { value: Math.log(2), low: 0, high: Math.log(4) },
          standing: { kind: "claimed" },
        }),
      ],
      TASKS,
      "test",
    );
    expect(line.scores.get("web-features")?.rising.value).toBe(0.8);
    expect(line.scores.get("emoji-languages")?.rising).toEqual({ value: 0.5, low: 0.25, high: 1 });
    expect(line.average.value).toBeCloseTo(0.65, 12);
    expect(line.standing).toBe("claimed");
  });
});

describe("a run card on the board", () => {
  const data = hashOf("data");
  const score = (value: number): ScoreRun => ({
    kind: "score",
    id: hashOf("score"),
    made: 1,
    version: "1",
    notebook: { hash: hashOf("text"), title: "Trees" },
    task: { id: "web-features", title: "Web features", track: "matching", metric: "f1", data },
    cell: "result",
    split: "validation",
    rows: 10,
    metric: "f1",
    seed: 0,
    classes: ["0", "1"],
    members: [
      {
        name: "mine",
        title: "gbdt",
        baseline: false,
        seed: 7,
        trainRows: 10,
        width: 3,
        fitMs: 1,
        predictMs: 1,
        reproducible: true,
        metrics: { f1: { value, low: value, high: value } },
      },
    ],
  });
  const kept = (run: ScoreRun): KeptRun => ({ id: run.id, run, starred: false, claimed: false, bytes: 1 });
  const card = (value: number): CardSource => ({
    run: score(value),
    team: "Trees",
    from: "trees.run.json",
    claimed: true,
  });
  const here = (own: KeptRun[], hash = data) => ({ own, data: new Map([["web-features", hash]]) });
  const standing = (value: number, own: KeptRun[]) => entriesOf(card(value), here(own)).entries[0].standing;

  it("is claimed until the same notebook was run here, and then reproduced, or it differs", () => {
    expect(standing(0.8, [])).toEqual({ kind: "claimed" });
    expect(standing(0.8, [kept(score(0.8))])).toEqual({ kind: "reproduced" });
    expect(standing(0.9, [kept(score(0.8))])).toEqual({ kind: "differs", here: 0.8 });
    expect(entriesOf({ ...card(0.8), claimed: false }, here([])).entries[0].standing).toEqual({ kind: "reproduced" });
  });

  it("of other data, or of a task that is not here, is left out with the reason", () => {
    expect(entriesOf(card(0.8), here([], hashOf("other"))).problems[0].message).toMatch(
      /of other data than the task has/,
    );
    expect(entriesOf(card(0.8), { own: [], data: new Map() }).problems[0].message).toMatch(/no such task here/);
    expect(entriesOf(card(0.8), here([], hashOf("other"))).entries).toEqual([]);
  });
});

describe("a file's path", () => {
  const tasks = ["smart-home-type", "smart-home-variants", "icon-styles", "icon-topic"];
  it.each([
    ["rocket/icon-topic.csv", "rocket", "icon-topic"],
    ["icon-topic/rocket.parquet", "rocket", "icon-topic"],
    ["rocket.icon-topic.csv", "rocket", "icon-topic"],
    ["Team Rocket-icon-topic.csv", "Team Rocket", "icon-topic"],
    ["icon-topic_rocket.csv", "rocket", "icon-topic"],
    ["final/rocket/predictions/smart-home-variants.parquet", "rocket", "smart-home-variants"],
    ["rocket/icon-styles.predictions.csv", "rocket", "icon-styles"],
    ["icon-topic/test-labels.csv", undefined, "icon-topic"],
    ["icon-topic.csv", undefined, "icon-topic"],
    ["rocket.csv", "rocket", undefined],
    ["lexicon-topic.csv", "lexicon-topic", undefined],
  ])("%s is of team %s and task %s", (path, team, task) => {
    expect(namesInPath(path, tasks)).toEqual({ team, task });
  });
});

describe("challenge.json", () => {
  it("lists teams with their cards and predictions, and may list labels", () => {
    const list = { format: "polytab-challenge/1", teams: [{ name: "a", predictions: { "icon-topic": "a/icon.csv" } }] };
    expect(readChallengeList(list, "challenge.json")).toEqual({
      ...list,
      title: "Challenge",
      teams: [{ ...list.teams[0], cards: [] }],
      labels: {},
    });
  });

  it("with another format, or a team twice, is a fault that says where", () => {
    expect(() => readChallengeList({ format: "x", teams: [] }, "challenge.json")).toThrow(/challenge.json.*format/s);
    const twice = { format: "polytab-challenge/1", teams: [{ name: "a" }, { name: "a" }] };
    expect(() => readChallengeList(twice, "challenge.json")).toThrow(/lists the team "a" twice/);
  });
});
