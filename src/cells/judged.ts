import { Fault, suggest } from "../base";
import { type Metric, TRACK_METRICS } from "../scoring";
import type { Track } from "../tasks";
import type { CellValue } from "./values";

/** @throws Fault `metric-unknown` */
export function metricOf(cell: string, name: string, track: Track): Metric {
  const known = TRACK_METRICS[track];
  const metric = known.find((each) => each === name);
  if (metric) return metric;
  throw new Fault("metric-unknown", `"${cell}" cannot score by "${name}": that is no metric of the ${track} track`, {
    hint: suggest(name, known),
    where: { cell },
  });
}

/** @throws Fault `input-kind` for a cell that does not predict */
export function predictionsOf(
  cell: string,
  name: string,
  value: CellValue | undefined,
  verb: string,
): Extract<CellValue, { kind: "predictions" }> {
  if (value?.kind === "predictions") return value;
  throw new Fault(
    "input-kind",
    `Cannot ${verb} "${name}" in "${cell}": it is ${value ? `a ${value.kind} cell` : "no cell"}, and only model cells predict`,
    { hint: "Name a model cell.", where: { cell } },
  );
}
