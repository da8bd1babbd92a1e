const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A count of things: 39116 is `39,116`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A count with its noun: `1 row`, `39,116 rows`. */
export function formatCountOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/**
 * A number of a table for a reader: whole numbers as they are (grouped from five digits on, so that years stay years),
 * others with up to `digits` significant digits, very large and very small ones in scientific notation.
 */
export function formatNumber(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) {
    return (size >= 10_000 ? grouped.format(value) : String(value)).replace("-", "−");
  }
  if (size !== 0 && (size >= 1e9 || size < 1e-4))
    return value.toExponential(Math.min(3, digits - 1)).replaceAll("-", "−");
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

/** A score: always `digits` decimals, so that figures align under each other. */
export function formatScore(value: number, digits = 3): string {
  return Number.isFinite(value) ? value.toFixed(digits).replace("-", "−") : "–";
}

/** A difference of scores, with its sign: `+0.024`, `−0.003`. */
export function formatDifference(value: number, digits = 3): string {
  const text = formatScore(Math.abs(value), digits);
  return value < 0 ? `−${text}` : `+${text}`;
}

/** A share in [0, 1] as a percentage: `43 %`, `0.6 %` below ten. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return "–";
  const percent = share * 100;
  if (percent !== 0 && Math.abs(percent) < 0.1) return "< 0.1 %";
  return `${Math.abs(percent) < 10 && percent !== 0 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** A duration in milliseconds: `0.4 ms`, `12 ms`, `1.3 s`, `2 min 05 s`. */
export function formatMs(ms: number): string {
  if (ms < 1) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** A size in bytes, in powers of 1000 as browsers count transfers: `812 B`, `3.1 MB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : Number(value.toPrecision(2))} ${units[unit]}`;
}
