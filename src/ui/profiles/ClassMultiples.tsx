import type { ClassCounts } from "../../tasks";
import { formatCount, formatShare } from "../parts/format";
import { classColour } from "./classColour";

/** One small histogram a class, each scaled to its own rows: shapes compare, sizes are told. */
export function ClassMultiples({
  counts,
  names,
  bins,
}: {
  counts: ClassCounts;
  names: readonly string[];
  bins: readonly string[];
}) {
  return (
    <ul className="multiples" aria-label="Every class by itself">
      {names.map((name, i) => {
        const rows = counts[i];
        const total = rows.reduce((sum, count) => sum + count, 0);
        const most = Math.max(1, ...rows);
        const top = rows.indexOf(Math.max(...rows));
        const words =
          total === 0
            ? `${name}: no rows`
            : `${name}: ${formatCount(total)} rows, most of them at ${bins[top]} (${formatShare(rows[top] / total)})`;
        return (
          <li key={name} className="multiple">
            <p className="multiple-name">
              <span className="truncate">{name}</span> <span className="muted tabular">{formatCount(total)}</span>
            </p>
            <svg role="img" aria-label={words} viewBox={`0 0 ${rows.length} 100`} preserveAspectRatio="none">
              {rows.map((count, bin) => (
                <rect
                  key={bins[bin]}
                  x={bin + 0.05}
                  y={100 - (100 * count) / most}
                  width={0.9}
                  height={(100 * count) / most}
                  fill={classColour(names, i)}
                >
                  <title>{`${bins[bin]}: ${formatCount(count)}`}</title>
                </rect>
              ))}
            </svg>
          </li>
        );
      })}
    </ul>
  );
}
