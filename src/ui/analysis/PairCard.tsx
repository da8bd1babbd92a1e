import { useEffect, useRef } from "react";
import { PairFields } from "../explore/PairFields";
import "../explore/explore.css";
import type { Table } from "../../table";
import { inOrder, rowsByNumberSql } from "../../tasks";
import { useApp, useAsked } from "../pages/useApp";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import type { Scored } from "./useScored";

export interface PairCardProps {
  scored: Scored;
  row: number;
  label: string | undefined;
  /** Told when the pair stands on the screen: until then it is the one before. */
  onShown?: (row: number) => void;
}

/** The two records of a scored pair face to face; without its label where that is not to be seen. */
export function PairCard({ scored, row, label, onShown }: PairCardProps) {
  const app = useApp();
  const { manifest, relation } = scored;
  const columns = relation.columns.map((column) => column.name);
  const sql = rowsByNumberSql({ table: relation.name, columns }, columns, [row]);
  const asked = useAsked(`${manifest.id}\n${sql}`, async (signal) =>
    inOrder(await app.tasks.query(sql, signal), [row]),
  );
  // The pair before stays until this one is here: stepping through pairs must not flicker.
  const last = useRef<{ row: number; table: Table }>(undefined);
  if (asked.status === "ready") last.current = { row, table: asked.value };
  const shown = asked.status === "ready";
  useEffect(() => {
    if (shown) onShown?.(row);
  }, [shown, row, onShown]);
  if (asked.status === "failed") return <FaultView fault={asked.fault} />;
  if (!last.current) return <Skeleton lines={6} />;
  return (
    <div className="pair-card" aria-busy={last.current.row !== row}>
      <PairFields table={last.current.table} manifest={manifest} relation={relation} label={label} filters={[]} />
    </div>
  );
}
