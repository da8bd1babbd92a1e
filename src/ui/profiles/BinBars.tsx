import { useState } from "react";
import type { ClassCounts, PerSplit } from "../../tasks";
import { formatCount, formatCountOf, formatShare } from "../parts/format";
import { useRoving } from "../parts/useRoving";
import { classColour } from "./classColour";
import { barWords, totalsOf } from "./words";

export interface BinBarsProps {
  /** What is drawn, in a sentence. */
  summary: string;
  /** The bins in words. */
  names: readonly string[];
  counts: PerSplit<readonly number[]>;
  /** Rows of train by class: drawn in place of the splits. */
  classes?: DrawnClasses;
  low: string;
  high: string;
  tall?: boolean;
  onPick?: (bin: number) => void;
}

/** Numbers of rows by class, with the classes' names; the last may be `other`. */
export interface DrawnClasses {
  counts: ClassCounts;
  names: readonly string[];
}

/**
 * A histogram: train as bars, validation as a line and test as dashes over them, each as shares of its own rows; or
 * train alone, stacked by class. What a bar stands for is told where the pointer or the focus is.
 */
export function BinBars({ summary, names, counts, classes, low, high, tall = false, onPick }: BinBarsProps) {
  const [at, setAt] = useState<number>();
  const roving = useRoving(names.length);
  const totals = totalsOf(counts);
  const alone = [...counts.validation, ...counts.test].every((count) => count === 0);
  const rowsOf = (bin: number): PerSplit<number> => ({
    train: counts.train[bin],
    validation: counts.validation[bin],
    test: counts.test[bin],
  });
  return (
    <div className="bins" data-tall={tall || undefined}>
      <fieldset aria-label={summary} className="bins-field" onKeyDown={roving.onKeyDown}>
        <Marks counts={counts} totals={totals} classes={classes} alone={alone} />
        {names.map((name, bin) => {
          const { onFocus, ...stop } = roving.of(bin);
          return (
            <button
              key={name}
              type="button"
              className="bins-hit"
              {...stop}
              aria-label={barWords(name, rowsOf(bin), totals, alone)}
              aria-disabled={!onPick || undefined}
              onPointerEnter={() => setAt(bin)}
              onPointerLeave={() => setAt(undefined)}
              onFocus={() => {
                onFocus();
                setAt(bin);
              }}
              onBlur={() => setAt(undefined)}
              onClick={() => onPick?.(bin)}
            />
          );
        })}
      </fieldset>
      <p aria-hidden className="bins-axis tabular">
        {at === undefined || at >= names.length ? (
          <>
            <span>{low}</span>
            <span>{high}</span>
          </>
        ) : (
          <span className="truncate">
            <b>{names[at]}</b> {classes ? classesTold(classes, at) : splitsTold(rowsOf(at), totals, alone)}
          </span>
        )}
      </p>
    </div>
  );
}

function splitsTold(rows: PerSplit<number>, totals: PerSplit<number>, alone: boolean): string {
  const share = (split: "train" | "validation" | "test"): string => formatShare(rows[split] / totals[split]);
  if (alone) return `${formatCountOf(rows.train, "row")}, ${share("train")}`;
  return `${formatCount(rows.train)} rows, ${share("train")} · validation ${share("validation")} · test ${share("test")}`;
}

/** The largest classes of a bar. */
export function classesTold({ counts, names }: DrawnClasses, bin: number): string {
  const total = counts.reduce((sum, each) => sum + each[bin], 0);
  if (total === 0) return "no rows";
  const order = names.map((_, i) => i).sort((a, b) => counts[b][bin] - counts[a][bin]);
  const most = order.slice(0, 3).filter((i) => counts[i][bin] > 0);
  const words = most.map((i) => `${names[i]} ${formatShare(counts[i][bin] / total)}`);
  return `${formatCount(total)} rows: ${words.join(", ")}`;
}

function Marks({
  counts,
  totals,
  classes,
  alone,
}: {
  counts: PerSplit<readonly number[]>;
  totals: PerSplit<number>;
  classes: DrawnClasses | undefined;
  alone: boolean;
}) {
  const bins = counts.train.length;
  const shares = (split: "train" | "validation" | "test"): number[] =>
    counts[split].map((count) => count / totals[split]);
  const train = shares("train");
  const others = classes || alone ? [] : (["validation", "test"] as const);
  const most = Math.max(1e-9, ...train, ...others.flatMap(shares));
  const height = (share: number): number => (share > 0 ? Math.max(1.5, (100 * share) / most) : 0);
  return (
    <svg aria-hidden className="bins-marks" viewBox={`0 0 ${bins} 100`} preserveAspectRatio="none">
      {classes
        ? train.map((_, bin) => (
            <Stack
              key={place(bin)}
              bin={bin}
              shares={classes.counts.map((count) => (100 * count[bin]) / totals.train / most)}
              names={classes.names}
            />
          ))
        : train.map((share, bin) => (
            <rect
              key={place(bin)}
              className="bins-train"
              x={bin + 0.06}
              y={100 - height(share)}
              width={0.88}
              height={height(share)}
            />
          ))}
      {others.map((split) => (
        <path key={split} className="bins-line" data-of={split} d={steps(shares(split).map(height))} />
      ))}
    </svg>
  );
}

function Stack({ bin, shares, names }: { bin: number; shares: number[]; names: readonly string[] }) {
  let top = 100;
  return shares.map((share, i) => {
    top -= share;
    return <rect key={names[i]} x={bin + 0.04} y={top} width={0.92} height={share} fill={classColour(names, i)} />;
  });
}

/** The outline of bars of these heights, from the left to the right. */
function steps(heights: number[]): string {
  const parts = heights.map((height, bin) => `V${100 - height}H${bin + 1}`);
  return `M0 100${parts.join("")}V100`;
}

/** A bin has no identity but its place. */
function place(bin: number): string {
  return `bin ${bin}`;
}
