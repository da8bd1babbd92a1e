import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Fault } from "../../base";
import { rowsOf, tableFromArrow } from "../../table";
import type { SplitName } from "../manifest";
import { createImportDesk } from "./desk";
import { kindOfFile } from "./file-kind";
import { ROW } from "./make";

/**
 * Golden files: a folder a case, with the files of a task, `about.json` and what becomes of them in `expected.json`. To
 * take over a change that is meant: `npx vitest run src/tasks/import -u`, and read the diff.
 */
const fixtures = join(import.meta.dirname, "fixtures");

async function outcome(folder: string): Promise<object> {
  const about = JSON.parse(readFileSync(join(folder, "about.json"), "utf8"));
  const desk = createImportDesk();
  try {
    const guess: object[] = [];
    for (const role of ["left", "right", "train", "validation", "test"] as const) {
      const file = readdirSync(folder).find((name) => name.startsWith(`${role}.`));
      if (!file) continue;
      const bytes = readFileSync(join(folder, file));
      kindOfFile(bytes, file);
      desk.readCsv(bytes, { role, file, label: about.label });
      const { columns: _, ...rest } = desk.guess();
      guess.push(rest);
    }
    const parts = await desk.make({ title: "Golden", ...about });
    const { draft, splits, testLabels } = parts;
    const rows: Record<string, object[]> = {};
    for (const [name, { arrow }] of Object.entries(splits))
      rows[name] = rowsOf(await tableFromArrow(arrow), 3).map(({ [ROW]: _, ...row }) => row);
    return {
      files: draft.files.map(({ file, how, rows, badRows }) => ({
        file,
        how,
        rows,
        ...(badRows.length > 0 && { badRows }),
      })),
      guess: guess[guess.length - 1],
      id: draft.id,
      label: draft.label.rule,
      classes: Object.fromEntries(draft.label.classes.map(({ name, rows }) => [name, Object.values(rows).join(" ")])),
      splits: Object.fromEntries(
        Object.entries(draft.splits).map(([name, { rows, how }]) => [name, `${rows}: ${how}`]),
      ),
      columns: Object.fromEntries(draft.columns.map(({ name, modality, rule }) => [name, `${modality}: ${rule}`])),
      missing: Object.fromEntries(
        draft.columns.flatMap(({ name, markers }) =>
          markers.length > 0 ? [[name, markers.map(({ marker, count }) => `"${marker}" ${count}`).join(", ")]] : [],
        ),
      ),
      notes: draft.notes.map(({ kind, text }) => `${kind}: ${text}`),
      types: Object.fromEntries(splits.train.columns.map(({ name, as }) => [name, as])),
      rows,
      ...(testLabels && { testLabels: rowsOf(await tableFromArrow(testLabels), 2) }),
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { fault: error.toData() };
  }
}

describe("what becomes of strangers' files", () => {
  it.each(readdirSync(fixtures))("%s", async (name) => {
    const text = JSON.stringify(
      await outcome(join(fixtures, name)),
      (_, value) => (value instanceof Uint8Array ? `${value.length} bytes` : value),
      2,
    );
    await expect(`${text}\n`).toMatchFileSnapshot(join(fixtures, name, "expected.json"));
  });
});

/** The sample tasks say what their columns are: inference on their CSV has to come to the same. */
const samples = join(import.meta.dirname, "../../../public/samples");
const known = existsSync(samples)
  ? readdirSync(samples).filter((id) => existsSync(join(samples, id, "train.csv")))
  : [];

describe.runIf(known.length > 0)("the sample tasks as a stranger's files", () => {
  const tasks = known.map((id) => JSON.parse(readFileSync(join(samples, id, "task.json"), "utf8")));
  it.each(tasks.filter((task) => !task.records))(
    "$id: every column is what its manifest says",
    ({ id, title, track, columns, label }) => {
      const desk = createImportDesk();
      for (const role of ["train", "validation", "test"] as SplitName[]) {
        const bytes = readFileSync(join(samples, id, `${role}.csv`));
        desk.readCsv(bytes, { role, file: `${role}.csv`, label: label.column });
      }
      expect(desk.guess()).toMatchObject({ track, label: label.column });
      const draft = desk.plan({ title, track, label: label.column });
      const modalities = draft.columns
        .filter(({ modality }) => modality !== "ignored")
        .map(({ name, modality }) => ({ name, modality }));
      expect(modalities).toEqual(
        columns.map(({ name, modality }: { name: string; modality: string }) => ({ name, modality })),
      );
      expect(draft.notes.filter((note) => note.kind === "warning")).toEqual([]);
    },
  );
});
