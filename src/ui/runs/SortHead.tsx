import { ArrowDown, ArrowUp } from "lucide-react";
import type { BoardColumn, BoardSort } from "../../runs";

interface SortHeadProps {
  by: BoardColumn;
  words: string;
  sort: BoardSort;
  onSort: (sort: BoardSort) => void;
}

export function SortHead({ by, words, sort, onSort }: SortHeadProps) {
  const own = sort.by === by;
  const Icon = sort.falling ? ArrowDown : ArrowUp;
  return (
    <th scope="col" data-number aria-sort={own ? (sort.falling ? "descending" : "ascending") : undefined}>
      <button type="button" onClick={() => onSort({ by, falling: own ? !sort.falling : true })}>
        {words}
        {own && <Icon aria-hidden size={12} strokeWidth={2.2} />}
      </button>
    </th>
  );
}
