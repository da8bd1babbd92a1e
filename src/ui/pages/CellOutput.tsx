import { lazy, Suspense, useMemo, useState } from "react";
import type { CellValue } from "../../cells";
import { isCode } from "../../notebook";
import { ChartView } from "../output/ChartView";
import { Grid } from "../output/Grid";
import type { GridSort } from "../output/GridHead";
import { sourceOf } from "../output/gridSource";
import { OutputLines } from "../output/OutputLines";
import { ScoreView } from "../output/ScoreView";
import { formatCount } from "../parts/format";
import { PredictionsView } from "./PredictionsView";
import { relationSource } from "./relationSource";
import { useApp, useAppState } from "./useApp";

const ScoreAnalysis = lazy(() => import("../analysis/ScoreAnalysis"));
const ExplainView = lazy(() => import("../explain/ExplainView"));

/** A cell's result, by its kind. */
export function CellOutput({
  name,
  value,
  onGoTo,
}: {
  name: string;
  value: CellValue;
  onGoTo?: (line: number) => void;
}) {
  switch (value.kind) {
    case "relation":
      return <RelationOutput name={name} value={value} />;
    case "features":
      return <FeaturesOutput name={name} value={value} onGoTo={onGoTo} />;
    case "plain":
      return (
        <>
          <OutputLines output={value.output} onGoTo={onGoTo} />
          {value.table && <Grid source={sourceOf(value.table)} label={name} height={320} />}
        </>
      );
    case "predictions":
      return <PredictionsView name={name} value={value} />;
    case "chart":
      return (
        <>
          <ChartView spec={value.spec} table={value.table} />
          {value.rows > value.table.rows && (
            <p className="muted">
              The first {formatCount(value.table.rows)} of {formatCount(value.rows)} rows are drawn.
            </p>
          )}
        </>
      );
    case "score":
      return <ScoreOutput name={name} value={value} />;
    case "explanation":
      return <ExplainOutput name={name} value={value} />;
  }
}

/** Puts a SQL cell of a wished name after the cell of this name, and runs it. */
function useQueryAfter(name: string): (wish: string, source: string) => void {
  const app = useApp();
  return (wish, source) => {
    const { cells } = app.store.getState().session?.history.present ?? { cells: [] };
    const at = cells.findIndex((cell) => isCode(cell) && cell.name === name) + 1;
    void app.notebooks.run([app.notebooks.insert(at, "sql", { name: wish, source })]);
  };
}

function ExplainOutput({ name, value }: { name: string; value: Extract<CellValue, { kind: "explanation" }> }) {
  const query = useQueryAfter(name);
  return (
    <Suspense>
      <ExplainView name={name} value={value} onQuery={query} />
    </Suspense>
  );
}

function ScoreOutput({ name, value }: { name: string; value: Extract<CellValue, { kind: "score" }> }) {
  const query = useQueryAfter(name);
  return (
    <ScoreView
      name={name}
      value={value}
      onQuery={query}
      analysis={(entry, picked, onPick) => (
        <Suspense>
          <ScoreAnalysis name={name} value={value} entry={entry} picked={picked} onPick={onPick} />
        </Suspense>
      )}
    />
  );
}

/** A click sorts upwards, the next one downwards, the third puts the rows back in their own order. */
function nextSort(now: GridSort | undefined, column: string): GridSort | undefined {
  if (now?.column !== column) return { column, descending: false };
  return now.descending ? undefined : { column, descending: true };
}

function RelationOutput({ name, value }: { name: string; value: Extract<CellValue, { kind: "relation" }> }) {
  const app = useApp();
  const manifest = useAppState((state) => state.task?.manifest);
  const [sort, setSort] = useState<GridSort>();
  const source = useMemo(() => {
    const columns = manifest?.status === "ready" ? manifest.value.columns : [];
    return relationSource(
      app,
      value.relation,
      Object.fromEntries(columns.map((column) => [column.name, column.modality])),
      sort,
    );
  }, [app, value, manifest, sort]);
  return (
    <Grid source={source} label={name} height={320} sort={sort} onSort={(column) => setSort(nextSort(sort, column))} />
  );
}

function FeaturesOutput({
  name,
  value,
  onGoTo,
}: {
  name: string;
  value: Extract<CellValue, { kind: "features" }>;
  onGoTo?: (line: number) => void;
}) {
  const source = useMemo(() => sourceOf(value.splits.train), [value]);
  return (
    <>
      <OutputLines output={value.output} onGoTo={onGoTo} />
      <Grid
        source={source}
        label={`${name}, training rows`}
        height={240}
        note={`features of the training rows; ${formatCount(value.splits.validation.rows)} validation and ${formatCount(value.splits.test.rows)} test rows alike`}
      />
    </>
  );
}
