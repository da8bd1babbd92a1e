import { useMemo, useState } from "react";
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
      return <ChartView spec={value.spec} answer={value} name={name} />;
    case "score":
      return <ScoreOutput name={name} value={value} />;
  }
}

function ScoreOutput({ name, value }: { name: string; value: Extract<CellValue, { kind: "score" }> }) {
  const app = useApp();
  const query = (wish: string, source: string): void => {
    const { cells } = app.store.getState().session?.history.present ?? { cells: [] };
    const at = cells.findIndex((cell) => isCode(cell) && cell.name === name) + 1;
    void app.notebooks.run([app.notebooks.insert(at, "sql", { name: wish, source })]);
  };
  return <ScoreView name={name} value={value} onQuery={query} />;
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
