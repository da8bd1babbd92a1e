import { describe, expect, it } from "vitest";
import type { DataEngine } from "../data";
import type { EmbedOptions, EmbedValue } from "../inference";
import { type Table, tableToArrow } from "../table";
import type { TaskManifest } from "../tasks";
import { createCellContext, createTaskData, type Engines } from ".";
import { embedColumns, embeddedColumn } from "./embed-inputs";

const ROWS: Record<string, string[]> = { train: ["a", "bb"], validation: ["ccc"], test: ["dddd", "", "a"] };

/** A task whose columns hold the rows above; its encoder gives a text's length, and nothing for an empty one. */
function setUp(track: "matching" | "classification" = "classification") {
  const asked: { modality: string; values: readonly (EmbedValue | null)[]; options?: EmbedOptions }[] = [];
  const sides = track === "matching" ? ["left_", "right_"] : [""];
  const table = (texts: string[]): Table => ({
    rows: texts.length,
    columns: [
      { kind: "string", name: "id", values: texts.map((_, row) => `r${row}`) },
      ...sides.flatMap((side) => [
        { kind: "string" as const, name: `${side}name`, values: texts.map((text) => `${side}${text}`) },
        { kind: "number" as const, name: `${side}price`, values: Float64Array.from(texts, () => 1) },
      ]),
    ],
  });
  const manifest = {
    track,
    metric: "accuracy",
    label: { column: "label", classes: ["x", "y"] },
    columns: [
      { name: "name", modality: "text" },
      { name: "price", modality: "numeric" },
      { name: "photo", modality: "image" },
    ],
    splits: Object.fromEntries(Object.keys(ROWS).map((name) => [name, { sha256: { parquet: "0".repeat(64) } }])),
  } as unknown as TaskManifest;
  const engine = {
    query: async (sql: string) => tableToArrow(table(ROWS[/from "(\w+)"/.exec(sql)?.[1] ?? ""])),
  } as unknown as DataEngine;
  const embeddings = () => ({
    embed: async (modality: string, values: readonly (EmbedValue | null)[], options?: EmbedOptions) => {
      asked.push({ modality, values, options });
      options?.signal?.throwIfAborted();
      return { vectors: values.map((text) => (text ? Float32Array.of(text.length) : null)), encoder: "tiny" };
    },
    clear: () => {},
  });
  const context = createCellContext(createTaskData(manifest, engine), { embeddings } as unknown as Engines);
  const embed = (
    names: string[] | undefined,
    modality: "text" | "image" = "text",
    signal = AbortSignal.timeout(9999),
  ) => embedColumns("m", { kind: "embed", modality, names }, context, { signal, onProgress: () => {} });
  const ofCode = (name: string, rows: Parameters<typeof embeddedColumn>[2]) =>
    embeddedColumn("m", name, rows, context, { signal: AbortSignal.timeout(9999), onProgress: () => {} });
  return { embed, ofCode, asked };
}

describe("columns of vectors", () => {
  it("gives each split its own rows' vectors, asked for at once", async () => {
    const { embed, asked } = setUp();
    const { columns, note } = await embed(["name"]);
    expect(asked).toHaveLength(1);
    const lengths = Object.entries(columns).map(([split, [{ name, as, column }]]) => [
      split,
      name,
      as,
      column.kind === "vector" && column.values.map((vector) => vector?.[0]),
    ]);
    expect(lengths).toEqual([
      ["train", "name.embedding", "vector", [1, 2]],
      ["validation", "name.embedding", "vector", [3]],
      ["test", "name.embedding", "vector", [4, undefined, 1]],
    ]);
    expect(note).toBe("5 values of name embedded by tiny, all of them known already.");
  });

  it("names a value by its column, split and row", async () => {
    const { embed, asked } = setUp();
    await embed(["name"]);
    expect([0, 2, 5].map((index) => asked[0].options?.describe?.(index))).toEqual([
      'row 1 of "name" in train',
      'row 1 of "name" in validation',
      'row 3 of "name" in test',
    ]);
  });

  it("takes all columns of its kind without a name, and both sides of a pair by one", async () => {
    const { columns } = await setUp().embed(undefined);
    expect(columns.train.map(({ name }) => name)).toEqual(["name.embedding"]);
    const pairs = await setUp("matching").embed(["name"]);
    expect(pairs.columns.train.map(({ name }) => name)).toEqual(["left_name.embedding", "right_name.embedding"]);
    const one = await setUp("matching").embed(["right_name"]);
    expect(one.columns.train.map(({ name }) => name)).toEqual(["right_name.embedding"]);
  });

  it("gives feature code the vectors of so many rows, of both records of a pair", async () => {
    const { ofCode, asked } = setUp("matching");
    const { train, validation, test } = await ofCode("name", { train: 1, validation: 1 });
    expect(asked.map(({ modality, values }) => [modality, values])).toEqual([
      ["text", ["left_a", "left_ccc", "right_a", "right_ccc"]],
    ]);
    const lengths = (columns: typeof train) =>
      columns.map(({ name, values }) => [name, (values as (Float32Array | null)[]).map((vector) => vector?.[0])]);
    expect(lengths(train)).toEqual([
      ["left_name", [6]],
      ["right_name", [7]],
    ]);
    expect(lengths(validation)).toEqual([
      ["left_name", [8]],
      ["right_name", [9]],
    ]);
    expect(lengths(test)).toEqual([
      ["left_name", []],
      ["right_name", []],
    ]);
  });

  it("says which columns there are for one that is unknown, and how to read one of another kind", async () => {
    await expect(setUp().embed(["nam"])).rejects.toMatchObject({
      code: "column-missing",
      message: '"m" cannot embed "nam": the task has name',
      hint: expect.stringContaining("name"),
      where: { cell: "m" },
    });
    await expect(setUp().embed(["photo"])).rejects.toMatchObject({
      code: "column-kind",
      hint: "Write `embed:image(photo)`.",
    });
    await expect(setUp().embed(["price"])).rejects.toMatchObject({
      code: "column-kind",
      hint: "Name it in `columns(…)` as it is.",
    });
  });

  it("ends with the reader's stop", async () => {
    await expect(setUp().embed(["name"], "text", AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
  });
});
