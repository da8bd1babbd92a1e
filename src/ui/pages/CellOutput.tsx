import { lazy, Suspense, useMemo } from "react";
import type { CellValue } from "../../cells";
import { isCode } from "../../notebook";
import type { Table } from "../../table";
import { ChartView } from "../output/ChartView";
import { sourceOf } from "../output/gridSource";
import { OutputLines } from "../output/OutputLines";
import { ScoreView } from "../output/ScoreView";
import { formatCount } from "../parts/format";
import { RelationResult } from "../results/RelationResult";
import { TableResult } from "../results/TableResult";
import { PredictionsView } from "./PredictionsView";
import { useApp } from "./useApp";

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
      return <RelationResult name={name} relation={value.relation} />;
    case "features":
      return <FeaturesOutput name={name} value={value} onGoTo={onGoTo} />;
    case "plain":
      return (
        <>
          <OutputLines output={value.output} onGoTo={onGoTo} />
          {value.table && <PlainTable name={name} value={value} table={value.table} />}
        </>
      );
    case "predictions":
      return <PredictionsView name={name} value={value} />;
    case "chart":
      return <ChartView spec={value.spec} answer={value} name={name} />;
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

function PlainTable({ name, value, table }: { name: string; value: CellValue; table: Table }) {
  const source = useMemo(() => sourceOf(table), [table]);
  return <TableResult name={name} value={value} source={source} label={name} height={320} />;
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
      <TableResult
        name={name}
        value={value}
        source={source}
        label={`${name}, training rows`}
        height={240}
        note={`features of the training rows; ${formatCount(value.splits.validation.rows)} validation and ${formatCount(value.splits.test.rows)} test rows alike`}
      />
    </>
  );
}
