import { useState } from "react";
import type { ReliabilityBin } from "../../scoring";
import { formatCountOf, formatScore, formatShare } from "../parts/format";
import { Key, type Places, UnitPlot } from "./UnitPlot";

/** How high the bars that count rows may be, as a share of the plot. */
const BARS = 0.3;

/**
 * How often predictions are right by how sure they are, against the diagonal. Bars count the rows of each bin, and a dot is
 * as large as they are many: few rows say little.
 */
export function ReliabilityChart({
  bins,
  onOpen,
}: {
  bins: readonly ReliabilityBin[];
  onOpen?: (bin: ReliabilityBin) => void;
}) {
  const [at, setAt] = useState<number>();
  const most = Math.max(...bins.map((bin) => bin.rows));
  const total = bins.reduce((sum, bin) => sum + bin.rows, 0);
  const shown = at === undefined ? undefined : bins[at];
  return (
    <>
      <UnitPlot
        xLabel="how sure"
        yLabel="how often right"
        onPointer={(pointer, places) => {
          const found = pointer ? binAt(bins, pointer.x, places) : -1;
          setAt(found < 0 ? undefined : found);
        }}
        onPick={
          onOpen &&
          ((pointer, places) => {
            const found = binAt(bins, pointer.x, places);
            if (found >= 0) onOpen(bins[found]);
          })
        }
      >
        {({ x, y }) => (
          <>
            {bins.map((bin, index) => (
              <rect
                key={bin.low}
                className="plot-bar"
                data-lit={index === at || undefined}
                x={x(bin.low) + 1}
                width={Math.max(1, x(bin.high) - x(bin.low) - 2)}
                y={y((BARS * bin.rows) / most)}
                height={Math.max(1, y(0) - y((BARS * bin.rows) / most))}
              />
            ))}
            <line className="plot-guess" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
            <path
              className="plot-joint"
              d={bins.map((bin, i) => `${i === 0 ? "M" : "L"}${x(bin.confidence)} ${y(bin.accuracy)}`).join("")}
            />
            {bins.map((bin, index) => (
              <circle
                key={bin.low}
                className={index === at ? "plot-at" : "plot-dot"}
                cx={x(bin.confidence)}
                cy={y(bin.accuracy)}
                r={2 + 4 * Math.sqrt(bin.rows / most)}
              />
            ))}
          </>
        )}
      </UnitPlot>
      <p aria-hidden className="plot-words tabular">
        {shown ? (
          `${formatScore(shown.confidence, 2)} sure, right in ${formatScore(shown.accuracy, 2)}: ${formatCountOf(shown.rows, "row")}, ${formatShare(shown.rows / total)}`
        ) : (
          <>
            <Key of="bar">rows</Key>
            <Key of="guess">as sure as right</Key>
          </>
        )}
      </p>
    </>
  );
}

const binAt = (bins: readonly ReliabilityBin[], at: number, { x }: Places): number =>
  bins.findIndex((bin) => at >= x(bin.low) && at < x(bin.high));
