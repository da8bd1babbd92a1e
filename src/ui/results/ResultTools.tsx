import { useMemo } from "react";
import type { Relation } from "../../app";
import { type Modality, modalityOf, type RowFilter, readShortTexts, shortTextsSql } from "../../tasks";
import { FilterChips } from "../explore/FilterChips";
import { SearchBox } from "../explore/SearchBox";
import { useApp, useAsked } from "../pages/useApp";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCount, formatCountOf } from "../parts/format";
import { ResultProfiles } from "./ResultProfiles";
import "../explore/explore.css";

export interface ResultToolsProps {
  task: string;
  relation: Relation;
  label: string;
  /** What the task says of columns of these names. */
  known: Readonly<Record<string, Modality | undefined>>;
  search: string;
  onSearch: (search: string) => void;
  searched: readonly string[];
  filters: readonly RowFilter[];
  onFilters: (filters: RowFilter[]) => void;
  /** Rows that fit; undefined while nobody knows. */
  shown: number | undefined;
  onChart: (column: string) => void;
}

/** Over a cell's table: the search, what its rows are filtered by, and its columns' profiles. */
export default function ResultTools(props: ResultToolsProps) {
  const { task, relation, label, known, search, onSearch, searched, filters, onFilters, shown, onChart } = props;
  const modalities = useModalities(task, relation, known);
  return (
    <div className="result-tools">
      <div className="explorer-bar">
        <SearchBox
          label="Search the rows"
          placeholder={searched.length > 0 ? "Search the texts" : "Nothing to search: no texts"}
          disabled={searched.length === 0}
          value={search}
          onChange={onSearch}
        />
        <output className="explorer-count tabular" aria-live="polite">
          {shown === undefined || shown === relation.rows ? (
            formatCountOf(relation.rows, "row")
          ) : (
            <>
              <b>{formatCount(shown)}</b> of {formatCountOf(relation.rows, "row")}
            </>
          )}
        </output>
      </div>
      <FilterChips filters={filters} held={filters} split={relation.name} onFilters={onFilters} />
      {modalities.status === "loading" && <Skeleton height={120} />}
      {modalities.status === "failed" && <FaultView fault={modalities.fault} />}
      {modalities.status === "ready" && (
        <ResultProfiles
          task={task}
          relation={relation}
          label={label}
          modalities={modalities.value}
          onFilter={(filter) => onFilters([...filters, filter])}
          onChart={onChart}
        />
      )}
    </div>
  );
}

/** What the columns hold: as the task says, by their types, and texts by what they look like. */
function useModalities(task: string, relation: Relation, known: Readonly<Record<string, Modality | undefined>>) {
  const app = useApp();
  const byType = useMemo(
    () => relation.columns.map((column) => ({ name: column.name, found: modalityOf(column) })),
    [relation],
  );
  const texts = byType.flatMap(({ name, found }) => (found === undefined && !isText(known[name]) ? [name] : []));
  return useAsked(`${task}\n${relation.name}`, async (signal) => {
    const short =
      texts.length > 0
        ? readShortTexts(await app.tasks.query(shortTextsSql(relation, texts), signal), texts)
        : new Set<string>();
    return Object.fromEntries(
      byType.map(({ name, found }): [string, Modality | undefined] => {
        if (found === undefined)
          return [name, isText(known[name]) ? known[name] : short.has(name) ? "categorical" : "text"];
        return [name, found === "numeric" && known[name] === "categorical" ? "categorical" : (found ?? undefined)];
      }),
    );
  });
}

function isText(modality: Modality | undefined): boolean {
  return modality === "text" || modality === "categorical";
}
