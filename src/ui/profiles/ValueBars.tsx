import type { PerSplit, ValueProfile } from "../../tasks";
import { formatCount, formatCountOf, formatShare } from "../parts/format";
import { useRoving } from "../parts/useRoving";
import { classesTold, type DrawnClasses } from "./BinBars";
import { classColour } from "./classColour";
import { barWords } from "./words";

/** What a bar of values stands for: one value, or all those that are not listed. */
export type PickedValue = { kind: "value"; value: string } | { kind: "others" };

export interface ValueBarsProps {
  summary: string;
  profile: ValueProfile;
  /** Values shown; the others are put together. */
  most: number;
  classes?: DrawnClasses;
  onPick?: (picked: PickedValue) => void;
}

interface Bar {
  key: string;
  name: string;
  rows: PerSplit<number>;
  picked: PickedValue;
  /** The places of the values in the counts by class. */
  places: number[];
}

/** The most frequent values, one bar a value: train's share, with a tick each where validation and test lie. */
export function ValueBars({ summary, profile, most, classes, onPick }: ValueBarsProps) {
  const bars = barsOf(profile, most);
  const roving = useRoving(bars.length);
  const present = (split: "train" | "validation" | "test"): number =>
    Math.max(1, profile.rows[split] - profile.missing[split]);
  const totals = { train: present("train"), validation: present("validation"), test: present("test") };
  const alone = profile.rows.validation === 0 && profile.rows.test === 0;
  const share = (bar: Bar, split: "train" | "validation" | "test"): number => bar.rows[split] / totals[split];
  const largest = Math.max(
    1e-9,
    ...bars.flatMap((bar) => [share(bar, "train"), share(bar, "validation"), share(bar, "test")]),
  );
  const width = (part: number): string => `${(100 * part) / largest}%`;
  return (
    <fieldset aria-label={summary} className="values" onKeyDown={roving.onKeyDown}>
      {bars.map((bar, i) => {
        const told = barWords(bar.name, bar.rows, totals, alone);
        const stacked = classes && joined(classes, bar.places);
        return (
          <button
            key={bar.key}
            type="button"
            className="values-bar"
            {...roving.of(i)}
            aria-label={told}
            title={stacked ? `${bar.name}: ${classesTold(stacked, 0)}` : told}
            aria-disabled={!onPick || undefined}
            onClick={() => onPick?.(bar.picked)}
          >
            <span className="values-name truncate" data-quiet={bar.picked.kind === "others" || undefined}>
              {bar.name === "" ? "(empty)" : bar.name}
            </span>{" "}
            <span aria-hidden className="values-track">
              {stacked ? (
                <span className="values-stack" style={{ width: width(share(bar, "train")) }}>
                  {stacked.names.map((name, k) => (
                    <span
                      key={name}
                      style={{ flexGrow: stacked.counts[k][0], background: classColour(stacked.names, k) }}
                    />
                  ))}
                </span>
              ) : (
                <>
                  <span className="values-train" style={{ width: width(share(bar, "train")) }} />
                  {!alone && (
                    <>
                      <span className="values-tick" style={{ left: width(share(bar, "validation")) }} />
                      <span className="values-tick" data-of="test" style={{ left: width(share(bar, "test")) }} />
                    </>
                  )}
                </>
              )}
            </span>
            <span className="values-share tabular">{formatShare(share(bar, "train"))}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

function barsOf({ values, other }: ValueProfile, most: number): Bar[] {
  // A group of a single value takes the place that the value itself can have.
  const listed = values.length + other.values <= most + 1 ? values.length : most;
  const bars = values.slice(0, listed).map(
    ({ value, rows }, place): Bar => ({
      key: `value ${value}`,
      name: value,
      rows,
      picked: { kind: "value", value },
      places: [place],
    }),
  );
  const rest = values.slice(listed);
  const others = rest.length + other.values;
  if (others === 0) return bars;
  const sum = (split: "train" | "validation" | "test"): number =>
    rest.reduce((total, { rows }) => total + rows[split], other.rows[split]);
  const rows = { train: sum("train"), validation: sum("validation"), test: sum("test") };
  const name = formatCountOf(others, "other value");
  const places = [...rest.map((_, i) => listed + i), values.length];
  return [...bars, { key: "others", name, rows, picked: { kind: "others" }, places }];
}

/** The classes' rows of several values, as one bin. */
function joined({ counts, names }: DrawnClasses, places: number[]): DrawnClasses {
  return { names, counts: counts.map((rows) => [places.reduce((sum, place) => sum + (rows[place] ?? 0), 0)]) };
}

/** The values that a drawing of at most `most` bars lists by name. */
export function listedValues(profile: ValueProfile, most: number): string[] {
  return barsOf(profile, most).flatMap(({ picked }) => (picked.kind === "value" ? [picked.value] : []));
}

/** The categorical column's drawing in a sentence. */
export function valuesWords(name: string, { values, other, distinct, rows, missing }: ValueProfile): string {
  if (values.length === 0) return `${name}: no value in train.`;
  const [first] = values;
  const share = first.rows.train / Math.max(1, rows.train - missing.train);
  const count = values.length + other.values;
  return `${name}: ${formatCountOf(count, "value")}, ${formatCount(distinct.train)} of them in train; most frequent is ${first.value} with ${formatShare(share)} of train.`;
}
