import { Filter, X } from "lucide-react";
import { groupFilters, type RowFilter } from "../../tasks";
import { Button } from "../parts/Button";

export interface FilterChipsProps {
  filters: readonly RowFilter[];
  /** Those of them that this split can be filtered by. */
  held: readonly RowFilter[];
  split: string;
  onFilters: (filters: RowFilter[]) => void;
}

/** What the rows are filtered by, each to be taken away. Conditions on one column stand together: any of them will do. */
export function FilterChips({ filters, held, split, onFilters }: FilterChipsProps) {
  if (filters.length === 0) return null;
  const without = (gone: RowFilter) => onFilters(filters.filter((filter) => filter.sql !== gone.sql));
  return (
    <ul className="filters" aria-label="Filters">
      {groupFilters(filters).map((group) => (
        <li key={group[0].column} className="filters-group">
          {group.map((filter, i) => (
            <span key={filter.sql} className="filters-one">
              {i > 0 && <span className="muted">or</span>}
              <button
                type="button"
                className="filter"
                data-off={!held.includes(filter) || undefined}
                title={held.includes(filter) ? undefined : `The labels of ${split} are held back: not applied here`}
                aria-label={`Remove the filter: ${filter.label}`}
                onClick={() => without(filter)}
              >
                <Filter aria-hidden size={12} strokeWidth={2.2} />
                <span className="truncate">{filter.label}</span>
                <X aria-hidden size={13} strokeWidth={2.2} />
              </button>
            </span>
          ))}
        </li>
      ))}
      {filters.length > 1 && (
        <li>
          <Button small look="quiet" onClick={() => onFilters([])}>
            Remove all
          </Button>
        </li>
      )}
    </ul>
  );
}
