import { useState } from "react";
import type { DrawnCurve } from "../../scoring";
import { formatScore } from "../parts/format";
import { Key, type Places, UnitPlot } from "./UnitPlot";

export interface CurveChartProps {
  curve: DrawnCurve;
  /** Where the model's own predictions are. */
  mark: { recall: number; precision: number; words: string };
  /** Shows the rows from a threshold on. */
  onOpen?: (threshold: number) => void;
}

/** A precision-recall curve, with the point of the predictions marked and the precision of guessing dashed. */
export function CurveChart({ curve, mark, onOpen }: CurveChartProps) {
  const [at, setAt] = useState<number>();
  return (
    <>
      <UnitPlot
        xLabel="recall"
        yLabel="precision"
        onPointer={(pointer, places) => setAt(pointer && nearest(curve, places, pointer))}
        onPick={
          onOpen &&
          ((pointer, places) => {
            const threshold = curve.thresholds[nearest(curve, places, pointer)];
            if (threshold !== undefined) onOpen(threshold);
          })
        }
      >
        {(places) => (
          <>
            <line
              className="plot-guess"
              x1={places.x(0)}
              x2={places.x(1)}
              y1={places.y(curve.share)}
              y2={places.y(curve.share)}
            />
            <path className="plot-curve" d={pathOf(curve, places)} />
            <circle className="plot-mark" cx={places.x(mark.recall)} cy={places.y(mark.precision)} r={5} />
            {at !== undefined && (
              <circle className="plot-at" cx={places.x(curve.recall[at])} cy={places.y(curve.precision[at])} r={3.5} />
            )}
          </>
        )}
      </UnitPlot>
      <p aria-hidden className="plot-words tabular">
        {at === undefined ? (
          <>
            <Key of="mark">{mark.words}</Key>
            <Key of="guess">guessing</Key>
          </>
        ) : (
          pointWords(curve, at)
        )}
      </p>
    </>
  );
}

function pointWords({ thresholds, precision, recall }: DrawnCurve, at: number): string {
  const from = at < thresholds.length ? `From ${formatScore(thresholds[at])} on` : "Above every probability";
  return `${from}: recall ${formatScore(recall[at])}, precision ${formatScore(precision[at])}`;
}

/** Steps where the points are all corners (each precision holds down to the next lower recall), else lines. */
function pathOf({ precision, recall, steps }: DrawnCurve, { x, y }: Places): string {
  const last = recall.length - 1; // (0, 1) by definition, not a point of the model
  let path = `M${x(recall[0])} ${y(precision[0])}`;
  for (let i = 1; i < last; i++)
    path += steps ? `H${x(recall[i])}V${y(precision[i])}` : `L${x(recall[i])} ${y(precision[i])}`;
  return `${path}H${x(0)}`;
}

function nearest({ precision, recall }: DrawnCurve, { x, y }: Places, at: { x: number; y: number }): number {
  let found = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < recall.length; i++) {
    const distance = (x(recall[i]) - at.x) ** 2 + (y(precision[i]) - at.y) ** 2;
    if (distance >= least) continue;
    least = distance;
    found = i;
  }
  return found;
}
