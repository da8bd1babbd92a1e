import { BookPlus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { SPLIT_NAMES, type SplitName } from "../../tasks";
import { Button } from "../parts/Button";
import { formatCount, formatCountOf } from "../parts/format";
import { SearchBox } from "./SearchBox";
import { Switch } from "./Switch";

export interface RowsToolbarProps {
  split: SplitName;
  onSplit: (split: SplitName) => void;
  search: string;
  onSearch: (search: string) => void;
  searched: readonly string[];
  /** Rows that fit; undefined while nobody knows. */
  shown: number | undefined;
  total: number;
  noun: string;
  onNotebook: () => void;
}

/** Long enough for the next letter of a word, short enough to feel at once. */
const REST_MS = 160;

/** Above the rows: the search, the split, how many rows there are, and the way into the notebook. */
export function RowsToolbar(props: RowsToolbarProps) {
  const { split, onSplit, search, onSearch, searched, shown, total, noun, onNotebook } = props;
  const [typed, setTyped] = useState(search);
  const asked = useRef(search);
  // Set from outside, as by "Clear the search": what stands in the box follows.
  if (asked.current !== search) {
    asked.current = search;
    setTyped(search);
  }
  useEffect(() => {
    if (typed === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = typed;
      onSearch(typed);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [typed, onSearch]);
  return (
    <div className="explorer-bar">
      <SearchBox
        label={`Search the ${noun}s`}
        placeholder={searched.length > 0 ? "Search text and categories" : "Nothing to search: no text, no categories"}
        title={searched.length > 0 ? `In ${searched.join(", ")}` : undefined}
        disabled={searched.length === 0}
        value={typed}
        onChange={setTyped}
      />
      <Switch label="Split" options={SPLIT_NAMES} chosen={split} onChoose={onSplit} />
      <output className="explorer-count tabular" aria-live="polite">
        {shown === undefined || shown === total ? (
          formatCountOf(total, noun)
        ) : (
          <>
            <b>{formatCount(shown)}</b> of {formatCountOf(total, noun)}
          </>
        )}
      </output>
      <Button small icon={BookPlus} onClick={onNotebook}>
        Put into the notebook
      </Button>
    </div>
  );
}
