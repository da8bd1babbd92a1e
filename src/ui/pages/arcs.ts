/** A line beside the contents from a cell to one that reads it. */
export interface Arc {
  from: string;
  to: string;
  /** Rows of the contents. */
  start: number;
  end: number;
  /** How far out it runs: arcs that overlap have lanes of their own, up to the outermost. */
  lane: number;
}

const LANES = 5;

/** `rows` are the cells by their row (none where a heading stands); `reads` are ids by name by the id that reads them. */
export function arcsOf(
  rows: readonly (string | undefined)[],
  reads: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Arc[] {
  const rowOf = new Map(rows.flatMap((id, row) => (id === undefined ? [] : [[id, row] as const])));
  const arcs: Arc[] = [];
  for (const [to, parents] of reads) {
    const end = rowOf.get(to);
    for (const from of new Set(parents.values())) {
      const start = rowOf.get(from);
      if (start !== undefined && end !== undefined && start !== end) arcs.push({ from, to, start, end, lane: 0 });
    }
  }
  // The short ones stay inside. One lane serves all arcs out of a cell: they are one line with branches.
  arcs.sort((a, b) => Math.abs(a.end - a.start) - Math.abs(b.end - b.start) || a.start - b.start);
  const placed: Arc[] = [];
  for (const arc of arcs) {
    const [low, high] = [Math.min(arc.start, arc.end), Math.max(arc.start, arc.end)];
    const taken = new Set(
      placed
        .filter(
          (other) =>
            other.from !== arc.from &&
            Math.min(other.start, other.end) <= high &&
            Math.max(other.start, other.end) >= low,
        )
        .map(({ lane }) => lane),
    );
    let lane = 0;
    while (lane < LANES - 1 && taken.has(lane)) lane++;
    placed.push({ ...arc, lane });
  }
  return placed;
}
