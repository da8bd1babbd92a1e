import type { StoreApi } from "zustand/vanilla";
import { Fault, faultDataOf } from "../../base";
import { dataHashOf } from "../../cells";
import {
  type CardSource,
  type Entry,
  entriesOf,
  isPredictionTable,
  keptSources,
  namesInPath,
  newestOnly,
  type Predictions,
  type Problem,
  readCard,
  readChallengeList,
  readLabels,
  readPredictions,
  scorePredictions,
} from "../../runs";
import type { Table } from "../../table";
import { classesOf, type TaskManifest } from "../../tasks";
import { download, downloadJson } from "../download";
import type { Runs } from "../runs/runs";
import type { AppState } from "../state";
import { loadManifest } from "../task-loader";
import type { TaskSource } from "../task-source";
import { type PathedFile, readTable } from "./files";
import type { ChallengeState } from "./state";

const LIST = "challenge.json";

export interface ChallengeOptions {
  store: StoreApi<AppState>;
  source: TaskSource;
  runs: Pick<Runs, "importCard">;
}

export interface ChallengeDesk {
  /** Reads what `challenge.json` lists, once, and holds it against the runs of this browser. */
  open(): Promise<void>;
  /** Takes cards, predictions and labels that were dropped. */
  take(files: readonly PathedFile[]): Promise<void>;
}

interface Given {
  team: string;
  task: string;
  file: string;
  predictions: Predictions;
}

/** The challenge page's desk: it reads files and keeps them in memory. What is on the board is decided in `runs`. */
export function createChallengeDesk({ store, source, runs }: ChallengeOptions): ChallengeDesk {
  const manifests = new Map<string, TaskManifest>();
  const given = new Map<string, Given>();
  const labels = new Map<string, { file: string; rows: ReadonlyMap<string, number> }>();
  const cards: CardSource[] = [];
  const problems = new Map<string, Problem>();
  let about = { title: "Challenge", about: undefined as string | undefined };
  let opened: Promise<void> | undefined;

  const complain = (file: string, error: unknown): void => {
    const { message, hint } = faultDataOf(error);
    problems.set(file, { file, message, ...(hint && { hint }) });
  };

  const show = (busy?: string): void => {
    const data = new Map([...manifests].map(([id, manifest]) => [id, dataHashOf(manifest) as string]));
    const here = { own: store.getState().runs.filter(({ claimed }) => !claimed), data };
    const found = newestOnly([...keptSources(store.getState().runs), ...cards]).map((card) => entriesOf(card, here));
    const scored = [...given.values()].flatMap(scoreOf);
    const waiting = [...given.values()].filter(({ task }) => !labels.has(task));
    const challenge: ChallengeState = {
      ...about,
      tracks: { classification: tasksOf("classification"), matching: tasksOf("matching") },
      entries: [...found.flatMap(({ entries }) => entries), ...scored],
      waiting: waiting.map(({ team, task, file, predictions }) => ({ team, task, file, rows: predictions.ids.length })),
      labels: [...labels].map(([task, { file, rows }]) => ({ task, file, rows: rows.size })),
      problems: [...found.flatMap((each) => each.problems), ...problems.values()],
      ...(busy !== undefined && { busy }),
    };
    store.setState({ challenge });
  };

  const tasksOf = (track: TaskManifest["track"]): ChallengeState["tracks"]["matching"] =>
    [...manifests.values()]
      .filter((task) => task.track === track)
      .map(({ id, title, metric }) => ({ id, title, metric }));

  const scores = new WeakMap<Predictions, { truth: ReadonlyMap<string, number>; entries: Entry[] }>();
  const scoreOf = ({ team, task, file, predictions }: Given): Entry[] => {
    const truth = labels.get(task)?.rows;
    const manifest = manifests.get(task);
    if (!truth || !manifest) return [];
    const known = scores.get(predictions);
    if (known?.truth === truth) return known.entries;
    const { track, metric } = manifest;
    let entries: Entry[] = [];
    try {
      const score = scorePredictions(predictions, { track, metric, labels: truth }, file);
      entries = [{ team, task, split: "test", metric, score, standing: { kind: "scored" }, from: file }];
      problems.delete(file); // the labels before these were others
    } catch (error) {
      complain(file, error);
    }
    scores.set(predictions, { truth, entries });
    return entries;
  };

  /** The task that a table without a telling path is of: the only one whose test split it fits. */
  const taskOf = (table: Table, path: string): TaskManifest => {
    const named = namesInPath(path, [...manifests.keys()]).task;
    const found = named === undefined ? undefined : manifests.get(named);
    if (found) return found;
    const fitting = [...manifests.values()].filter((manifest) => fits(table, manifest));
    if (fitting.length === 1) return fitting[0];
    throw new Fault("file-task", `${path} does not say which task it is of`, {
      hint: `Call it team.task.csv, or put it into a folder: team/task.csv. The tasks are ${[...manifests.keys()].join(", ")}.`,
      where: { file: path },
    });
  };

  const takeTable = async (file: PathedFile, said: { team?: string; task?: string } = {}): Promise<void> => {
    const table = await readTable(file);
    const { path } = file;
    const manifest = (said.task !== undefined && manifests.get(said.task)) || taskOf(table, path);
    const classes = classesOf(manifest);
    if (!isPredictionTable(table)) {
      const rows = readLabels(table, { classes, label: manifest.label.column, file: path });
      labels.set(manifest.id, { file: path, rows });
      return;
    }
    const predictions = readPredictions(table, classes, path);
    const { rows } = manifest.splits.test;
    if (predictions.ids.length !== rows)
      throw new Fault(
        "predictions",
        `${path} has ${predictions.ids.length.toLocaleString("en")} rows, and the test split of ${manifest.id} has ${rows.toLocaleString("en")}`,
        { hint: "Predict every row of the test split once.", where: { file: path } },
      );
    const team = said.team ?? namesInPath(path, [...manifests.keys()]).team ?? "Unnamed team";
    given.delete(`${team}\n${manifest.id}`); // the newest comes last
    given.set(`${team}\n${manifest.id}`, { team, task: manifest.id, file: path, predictions });
  };

  const guarded = async (path: string, work: () => Promise<void>): Promise<void> => {
    problems.delete(path);
    show(`Reading ${path}`);
    try {
      await work();
    } catch (error) {
      complain(path, error);
    }
  };

  const readTasks = async (): Promise<void> => {
    for (const { id } of await source.list())
      try {
        manifests.set(id, await loadManifest(source, id));
      } catch (error) {
        complain(id, error);
      }
  };

  const listed = (path: string): PathedFile => ({ path, bytes: () => download(path) });

  const readList = async (): Promise<void> => {
    const list = readChallengeList(await downloadJson(LIST), LIST);
    about = { title: list.title, about: list.about };
    for (const { name, cards: paths, predictions } of list.teams) {
      for (const path of paths)
        await guarded(path, async () => {
          const { run } = readCard(new TextDecoder().decode(await download(path)), path);
          cards.push({ run, team: name, from: path, claimed: true });
        });
      for (const [task, path] of Object.entries(predictions))
        await guarded(path, () => takeTable(listed(path), { team: name, task: knownTask(task, path) }));
    }
    for (const [task, path] of Object.entries(list.labels))
      await guarded(path, () => takeTable(listed(path), { task: knownTask(task, path) }));
  };

  const knownTask = (task: string, path: string): string => {
    if (manifests.has(task)) return task;
    throw new Fault("task-missing", `${LIST} lists ${path} for "${task}", and there is no such task here`, {
      hint: `The tasks are ${[...manifests.keys()].join(", ")}.`,
    });
  };

  return {
    open: async () => {
      opened ??= (async () => {
        show("Reading the tasks");
        await readTasks();
        await guarded(LIST, readList);
      })();
      await opened;
      show();
    },
    take: async (files) => {
      await opened;
      for (const file of files)
        await guarded(file.path, async () => {
          if (!/\.json$/i.test(file.path)) return takeTable(file);
          const name = file.path.split("/").at(-1) ?? file.path;
          await runs.importCard(new File([(await file.bytes()) as Uint8Array<ArrayBuffer>], name));
        });
      show();
    },
  };
}

function fits(table: Table, manifest: TaskManifest): boolean {
  if (table.rows !== manifest.splits.test.rows) return false;
  if (!isPredictionTable(table)) return true;
  const names = new Set(table.columns.map(({ name }) => name));
  return classesOf(manifest).every((name) => names.has(`p_${name}`));
}
