import type { ClassCounts, FactTable, Frame, RowFilter, ShownClasses } from "../../tasks";

/** How a column is drawn now: by split, or (with `counts`) by class. */
export interface Drawn {
  frame: Frame;
  classes: ShownClasses | undefined;
  /** As the page calls them, `other` last where there are more. */
  classNames: readonly string[] | undefined;
  /** Of every drawing of the column. */
  counts: readonly (ClassCounts | undefined)[] | undefined;
  /** What its texts or pictures are by class, where it is drawn so. */
  facts: FactTable | undefined;
  onFilter?: (filter: RowFilter) => void;
}
