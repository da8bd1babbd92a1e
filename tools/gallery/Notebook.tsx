import { useEffect, useMemo, useRef, useState } from "react";
import type { Table } from "../../src/table";
import { sliceTable } from "../../src/table";
import { CodeEditor } from "../../src/ui/editor/CodeEditor";
import { Highlighted } from "../../src/ui/editor/Highlighted";
import type { EditorHandle } from "../../src/ui/editor/types";
import { CellFrame } from "../../src/ui/notebook/CellFrame";
import { ConfigForm } from "../../src/ui/notebook/ConfigForm";
import { InsertBar } from "../../src/ui/notebook/InsertBar";
import { ChartView } from "../../src/ui/output/ChartView";
import { FeaturePreview } from "../../src/ui/output/FeaturePreview";
import { Grid } from "../../src/ui/output/Grid";
import { sourceOf } from "../../src/ui/output/gridSource";
import { OutputLines } from "../../src/ui/output/OutputLines";
import { Prose } from "../../src/ui/output/Prose";
import { ScoreView } from "../../src/ui/output/ScoreView";
import { FaultView } from "../../src/ui/parts/FaultView";
import { ColumnList } from "../../src/ui/tasks/ColumnList";
import { Sparkline } from "../../src/ui/tasks/Sparkline";
import { SplitSizes } from "../../src/ui/tasks/SplitSizes";
import { Frame } from "./Frame";
import { balance, GROUPS, itemTable, MODALITY_OF, manifest, PROSE_SOURCE, SQL_SOURCE, TS_SOURCE } from "./fixtures";
import { scoreOf } from "./scores";
import "./gallery.css";

const none = () => {};
const SPEC = { type: "bar", x: "label", y: "n", title: "Nine groups" } as const;
const LIBS = [
  {
    path: "polytab.d.ts",
    content: `declare module "polytab" {
  interface Row { id: string; name: string; description: string | null; skin: string; colours: number | null;
    /** The drawing. */ image: { rgba(size: number): Promise<Float32Array | null> } }
  type Text = { kind: "text" };
  export function text(value: string | null): Text;
  export const similarity: { /** Shared words over all words, in [0, 1]. */ jaccard(a: string, b: string): number };
  export function defineFeatures(features: (row: Row) => unknown): unknown;
}`,
  },
];
const SQL_NAMES = {
  tables: [
    {
      name: "train",
      detail: "split",
      columns: manifest.columns.map(({ name, modality }) => ({ name, type: "VARCHAR", modality })),
    },
    {
      name: "class_balance",
      detail: "cell",
      columns: [
        { name: "label", type: "VARCHAR" },
        { name: "n", type: "BIGINT" },
      ],
    },
  ],
};

/** A notebook in every state that its cells have. */
export function Notebook() {
  const [items, setItems] = useState<Table>();
  const [selected, setSelected] = useState("features");
  const [sql, setSql] = useState(SQL_SOURCE);
  const [ts, setTs] = useState(TS_SOURCE);
  const [editing, setEditing] = useState(location.search.includes("edit"));
  const [config, setConfig] = useState<Record<string, unknown>>({
    learner: "gbdt",
    inputs: ["features", "baseline_text"],
    seed: 7,
  });
  const editor = useRef<EditorHandle>(null);
  useEffect(() => {
    itemTable(2312).then(setItems);
  }, []);
  const source = useMemo(() => items && sourceOf(items, MODALITY_OF), [items]);
  const balanceSource = useMemo(() => sourceOf(balance, { label: "categorical", n: "numeric" }), []);
  const result = useMemo(
    () =>
      scoreOf(GROUPS, 578, [
        { name: "trees", skill: 1, info: { fitMs: 1240 } },
        { name: "linear", skill: 0.8, info: { fitMs: 310 } },
        { name: "baseline_text", skill: 0.7, info: { fitMs: 0, baseline: true, provider: "wasm" } },
      ]),
    [],
  );
  const cell = (name: string) => ({
    name,
    onRename: none,
    refuseName: (next: string) => (/^\w+$/.test(next) ? undefined : "Letters, digits and _ only."),
    selected: selected === name,
    onSelect: () => setSelected(name),
    onRun: none,
    onStop: none,
    onMove: none,
    onDuplicate: none,
    onDelete: none,
  });
  return (
    <Frame right={<Aside />}>
      <article className="notebook">
        <Prose>{PROSE_SOURCE}</Prose>
        <InsertBar onInsert={none} />
        <CellFrame
          {...cell("class_balance")}
          kind="sql"
          status="ready"
          tookMs={11.7}
          source={
            editing ? (
              <CodeEditor
                language="sql"
                value={sql}
                onChange={setSql}
                path="gallery/class_balance"
                completions={SQL_NAMES}
                ariaLabel="Source of class_balance"
              />
            ) : (
              <Highlighted language="sql" source={sql} />
            )
          }
          output={<Grid source={balanceSource} label="class_balance" />}
        />
        <InsertBar onInsert={none} />
        <CellFrame
          {...cell("features")}
          kind="ts"
          status="stale"
          source={
            editing ? (
              <CodeEditor
                ref={editor}
                language="typescript"
                value={ts}
                onChange={setTs}
                path="gallery/features"
                libs={LIBS}
                ariaLabel="Source of features"
                autoFocus
              />
            ) : (
              <Highlighted language="ts" source={ts} />
            )
          }
          aside={items && <Preview items={items} />}
          output={
            <OutputLines
              output={[
                { kind: "log", level: "log", text: "2312 rows, mean name length 14.2", line: 3 },
                { kind: "log", level: "warn", text: "41 rows have no picture; red is null there", line: 10 },
                { kind: "display", text: "{ warm: 118, cold: 2194 }", line: 5 },
              ]}
            />
          }
        />
        <InsertBar onInsert={none} />
        <CellFrame
          {...cell("balance")}
          kind="chart"
          status="ready"
          tookMs={3}
          source={<Highlighted language="yaml" source={"source: class_balance\ntype: bar # or line\nx: label\ny: n"} />}
          output={<ChartView spec={SPEC} table={balance} />}
        />
        <InsertBar onInsert={none} />
        <CellFrame
          {...cell("trees")}
          kind="model"
          status="running"
          progress={{ done: 0.43, note: "round 43 of 100" }}
          source={
            <ConfigForm
              fields={[
                {
                  key: "learner",
                  label: "Learner",
                  type: "select",
                  options: ["linear", "gbdt", "mlp", "knn", "auto"],
                  hint: "Gradient boosted trees on histograms.",
                },
                {
                  key: "inputs",
                  label: "Inputs",
                  type: "multi",
                  options: ["features", "baseline_text", "columns", "embed:text(name)"],
                },
                { key: "seed", label: "Seed", type: "number", placeholder: "0" },
                { key: "rounds", label: "Rounds", type: "number", placeholder: "100" },
              ]}
              value={config}
              onChange={(key, value) => setConfig({ ...config, [key]: value })}
              faults={{ rounds: { code: "config", message: "Give a whole number from 1 to 1000." } }}
            />
          }
        />
        <InsertBar onInsert={none} />
        <CellFrame
          {...cell("broken")}
          kind="sql"
          status="failed"
          source={
            <Highlighted
              language="sql"
              source={"select label, avg(prce) as price\nfrom train\ngroup by all"}
              faultLines={[1]}
            />
          }
          output={
            <FaultView
              fault={{
                code: "sql",
                message: 'Cannot read "prce": train has name, description, colours, skin, image, label',
                hint: 'Did you mean "price"?',
                where: { cell: "broken", line: 1, column: 19 },
              }}
              onGoTo={() => setEditing(true)}
            />
          }
        />
        <InsertBar onInsert={none} />
        <CellFrame
          {...cell("result")}
          kind="score"
          status="ready"
          tookMs={64}
          source={
            <Highlighted language="yaml" source={"predictions: [trees, linear, baseline_text]\nsplit: validation"} />
          }
          output={<ScoreView name="result" value={result} onQuery={none} />}
        />
        <InsertBar onInsert={none} />
        {source && (
          <CellFrame
            {...cell("rows")}
            kind="sql"
            status="ready"
            tookMs={48}
            folded
            onFold={none}
            source={<Highlighted language="sql" source="from train" />}
            output={<Grid source={source} label="rows" onOpenRow={none} note="click a value to see it whole" />}
          />
        )}
        <InsertBar onInsert={none} />
        <CellFrame
          {...cell("from_a_link")}
          kind="ts"
          status="idle"
          source={<Highlighted language="ts" source={'display(train.rows("label"));'} />}
        />
        <InsertBar onInsert={none} always />
      </article>
    </Frame>
  );
}

function Preview({ items }: { items: Table }) {
  const about: Table = { rows: 8, columns: [items.columns[0], items.columns[1]] };
  const name = items.columns[1];
  const table: Table = {
    rows: 8,
    columns: [
      {
        kind: "number",
        name: "name_length",
        values: Float64Array.from({ length: 8 }, (_, i) => String(name.values[i]).length),
      },
      { kind: "boolean", name: "warm", values: [false, false, true, false, false, null, true, false] },
      { kind: "number", name: "close_to_face", values: Float64Array.of(1, 0, 0, 0.1429, 0, Number.NaN, 0.0909, 0) },
    ],
  };
  return (
    <FeaturePreview
      table={sliceTable(table, 0, 8)}
      about={sliceTable(about, 0, 8)}
      tookMs={41}
      types={{ name_length: "numeric", warm: "boolean", close_to_face: "numeric" }}
    />
  );
}

function Aside() {
  return (
    <div className="gallery-aside">
      <h2>{manifest.title}</h2>
      <SplitSizes train={2312} validation={578} test={723} />
      <h3 className="overline">Columns</h3>
      <ColumnList
        compact
        label="label"
        columns={manifest.columns.map((column, index) => ({
          ...column,
          missing: index === 1 ? 0.11 : index === 4 ? 0.003 : 0,
          profile:
            column.modality === "numeric" ? (
              <Sparkline counts={[3, 9, 22, 41, 38, 30, 18, 12, 9, 4, 2, 1]} label="Histogram of colours" />
            ) : undefined,
        }))}
      />
    </div>
  );
}
