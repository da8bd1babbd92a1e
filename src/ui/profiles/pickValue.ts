import { type ProfiledColumn, type RowFilter, valuesFilter } from "../../tasks";
import type { PickedValue } from "./ValueBars";

/** The rows behind a bar of values; `listed` are those that have bars of their own. */
export function pickValue(column: ProfiledColumn, picked: PickedValue, listed: readonly string[]): RowFilter {
  return picked.kind === "value" ? valuesFilter(column, [picked.value]) : valuesFilter(column, listed, true);
}
