import { ListFilter } from "lucide-react";
import { useId, useState } from "react";
import type { CellValue } from "../../cells";
import { Grid, type GridProps } from "../output/Grid";
import { useApp, useAsked } from "../pages/useApp";
import { Button } from "../parts/Button";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { chartColumn } from "./columnChart";
import { RelationResult } from "./RelationResult";

/**
 * A result that lies in the page, drawn from there; to be explored it goes to the engine, as what other cells read under
 * the cell's name.
 */
export function TableResult({ name, value, ...grid }: { name: string; value: CellValue } & GridProps) {
  const app = useApp();
  const [exploring, setExploring] = useState<CellValue>();
  if (exploring === value) return <Explored name={name} value={value} />;
  return (
    <Grid
      {...grid}
      onChart={(column) => chartColumn(app, name, column)}
      tools={
        <Button small look="quiet" icon={ListFilter} onClick={() => setExploring(value)}>
          Explore
        </Button>
      }
    />
  );
}

function Explored({ name, value }: { name: string; value: CellValue }) {
  const app = useApp();
  const key = useId();
  const asked = useAsked(key, (signal) => app.notebooks.relation(value, signal));
  switch (asked.status) {
    case "loading":
      return <Skeleton height={240} />;
    case "failed":
      return <FaultView fault={asked.fault} />;
    case "ready":
      return <RelationResult name={name} relation={asked.value} exploring />;
  }
}
