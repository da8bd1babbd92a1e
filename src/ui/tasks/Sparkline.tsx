/** A histogram small enough for a list: bars from counts, with the split's or the class's own colour on demand. */
export function Sparkline({
  counts,
  colour = "var(--ink-3)",
  label,
}: {
  counts: number[];
  colour?: string;
  label: string;
}) {
  const most = Math.max(1, ...counts);
  const step = 100 / Math.max(1, counts.length);
  return (
    <svg className="sparkline" role="img" aria-label={label} viewBox="0 0 100 28" preserveAspectRatio="none">
      {counts.map((count, bin) => {
        const height = count === 0 ? 0 : Math.max(1, (27 * count) / most);
        return (
          <rect
            key={placeOf(bin)}
            x={bin * step + step * 0.06}
            y={28 - height}
            width={step * 0.88}
            height={height}
            fill={colour}
          />
        );
      })}
    </svg>
  );
}

/** A bin has no identity but its place. */
function placeOf(bin: number): string {
  return `bin ${bin}`;
}
