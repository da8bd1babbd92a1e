import { Fault } from "../base";
import type { CellValue, TaskData } from "../cells";
import { type Converter, createConverter } from "../data";
import { codeCells, formatNotebook } from "../notebook";
import { type Column, type Table, tableToArrow } from "../table";
import { SPLIT_NAMES, type SplitName } from "../tasks";
import type { Desk } from "./desk";
import { freshValue } from "./reproduce";
import type { TaskSource } from "./task-source";
import type { Tasks } from "./tasks";

/** The notebook in an exported archive, beside the task's folder; `notebook.md` is the task's starter there. */
export const SHARED_NOTEBOOK = "shared.md";

export interface Exports {
  /** A `.zip` of the task's folder, as Parquet, with the open notebook: dropped on a page it opens both. */
  archive(): Promise<Uint8Array>;
  /** A `.zip` of the splits with the features of the cells that are up to date, and a script for pandas. */
  python(): Promise<Uint8Array>;
}

export interface ExportsOptions {
  desk: Desk;
  tasks: Tasks;
  source: TaskSource;
}

type Features = Extract<CellValue, { kind: "features" }>;

export function createExports({ desk, tasks, source }: ExportsOptions): Exports {
  const taskOf = (): string => {
    const { task } = desk.present().front;
    if (task === undefined)
      throw new Fault("task-missing", "This notebook names no task, so there is no data to go with it", {
        hint: "Download it as .md, .html or .ipynb.",
      });
    return task;
  };

  /** Feature cells whose results are up to date, in the order of the notebook. */
  const features = (): { name: string; value: Features }[] => {
    const derived = desk.derived();
    return codeCells(desk.present()).flatMap((cell) => {
      const value = freshValue(derived, desk.session()?.states ?? new Map(), cell.id);
      return value?.kind === "features" ? [{ name: cell.name, value }] : [];
    });
  };

  return {
    archive: async () => {
      const { zipFiles } = await import("../share");
      const manifest = await tasks.open(taskOf());
      const { splits, records } = manifest;
      const tables = [...SPLIT_NAMES.map((split) => splits[split]), ...(records ? [records] : [])];
      const files: Record<string, Uint8Array | string> = {
        "task.json": JSON.stringify(manifest, null, 2),
        [manifest.notebook]: await source.text(manifest.id, manifest.notebook),
        [SHARED_NOTEBOOK]: formatNotebook(desk.present()),
      };
      for (const { parquet, sha256 } of tables)
        files[parquet] = await source.bytes(manifest.id, parquet, { sha256: sha256.parquet });
      return zipFiles(files);
    },
    python: async () => {
      const { writePython, zipFiles } = await import("../share");
      const data = await tasks.data(taskOf());
      const cells = features();
      const converter = createConverter();
      try {
        const files: Record<string, Uint8Array | string> = {};
        for (const split of SPLIT_NAMES) files[`${split}.parquet`] = await splitFile(converter, data, split, cells);
        const { manifest } = data;
        files["notebook.md"] = formatNotebook(desk.present());
        files["load.py"] = writePython({
          title: desk.present().front.title,
          task: manifest.id,
          track: manifest.track,
          metric: manifest.metric,
          label: manifest.label.column,
          features: cells.map(({ name }) => name),
          pictures: (await data.split("train")).columns.filter(({ kind }) => kind === "bytes").map(({ name }) => name),
        });
        return zipFiles(files);
      } finally {
        converter.dispose();
      }
    },
  };
}

/** A split's own columns, then each cell's features as `cell.feature`; rows in the task's order. */
async function splitFile(
  converter: Converter,
  data: TaskData,
  split: SplitName,
  cells: readonly { name: string; value: Features }[],
): Promise<Uint8Array> {
  const own = await data.split(split);
  const made = cells.flatMap(({ name, value }) =>
    value.splits[split].columns.map((column): Column => ({ ...column, name: `${name}.${column.name}` })),
  );
  const table: Table = { rows: own.rows, columns: [...own.columns, ...made] };
  await converter.put("exported", await tableToArrow(table));
  const list = table.columns.map(({ kind, name }) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    if (kind !== "bytes") return quoted;
    return `case when ${quoted} is not null then struct_pack(bytes := ${quoted}, path := null::varchar) end as ${quoted}`;
  });
  const { bytes } = await converter.parquet(`select ${list.join(", ")} from exported`);
  await converter.drop("exported");
  return bytes;
}
