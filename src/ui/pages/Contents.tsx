import { memo, useMemo, useState } from "react";
import { type OutlineEntry, outlineOf } from "../../notebook";
import { KINDS } from "../notebook/kinds";
import type { StatusName } from "../parts/Chip";
import { type Arc, arcsOf } from "./arcs";
import "./contents.css";
import { useApp, useAppState } from "./useApp";

const ROW = 28;
const GUTTER = 30;
/** So many entries are painted together, or not at all while out of sight: each has layers of its own to the browser. */
const PART = 20;
/** Beyond this many, only the arcs of the cell in question are drawn: all of them would be a thicket. */
const MOST_ARCS = 40;

/** The notebook at a glance: its headings and cells, how each cell stands, and which reads which. */
export function Contents() {
  const app = useApp();
  const notebook = useAppState((state) => state.session?.history.present);
  const selected = useAppState((state) => state.view.cell);
  const [hovered, setHovered] = useState<string>();
  const entries = useMemo(() => (notebook ? outlineOf(notebook) : []), [notebook]);
  const graph = app.notebooks.derived()?.graph;
  const arcs = useMemo(
    () =>
      graph
        ? arcsOf(
            entries.map(({ id, kind }) => (kind === "prose" ? undefined : id)),
            graph.reads,
          )
        : [],
    [entries, graph],
  );
  if (entries.length === 0) return null;
  const about = hovered ?? selected;
  const shown = arcs.length > MOST_ARCS ? arcs.filter(({ from, to }) => from === about || to === about) : arcs;
  return (
    <nav className="contents" aria-label="Contents">
      <h3>Contents</h3>
      <div className="contents-map">
        <svg aria-hidden="true" width={GUTTER} height={entries.length * ROW}>
          {shown.map((arc) => (
            <path
              key={`${arc.from} ${arc.to}`}
              d={pathOf(arc)}
              data-about={arc.from === about || arc.to === about || undefined}
            />
          ))}
        </svg>
        {partsOf(entries).map((some, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
          <ol key={i} style={{ containIntrinsicHeight: some.length * ROW }}>
            {some.map(({ id, part, kind, title, depth }) => (
              <Entry
                key={`${id} ${part}`}
                id={id}
                kind={kind}
                title={title}
                depth={depth}
                selected={id === selected}
                reads={[...(graph?.reads.get(id)?.keys() ?? [])].join(", ")}
                onHover={setHovered}
              />
            ))}
          </ol>
        ))}
      </div>
    </nav>
  );
}

function partsOf(entries: readonly OutlineEntry[]): OutlineEntry[][] {
  return Array.from({ length: Math.ceil(entries.length / PART) }, (_, i) => entries.slice(i * PART, (i + 1) * PART));
}

interface EntryProps extends Pick<OutlineEntry, "id" | "kind" | "title" | "depth"> {
  selected: boolean;
  /** The names of what it reads, with commas. */
  reads: string;
  onHover: (id: string | undefined) => void;
}

/** Remembered: with every key that is pressed the notebook is another one, and most of its entries are the same. */
const Entry = memo(function Entry({ id, kind, title, depth, selected, reads, onHover }: EntryProps) {
  const app = useApp();
  const status: StatusName = useAppState(() =>
    app.notebooks.derived()?.graph.faults.has(id) ? "failed" : app.notebooks.status(id),
  );
  const label = kind === "prose" ? undefined : KINDS[kind].label;
  return (
    <li>
      <button
        type="button"
        className="contents-entry"
        data-kind={kind}
        aria-current={selected || undefined}
        style={{ paddingLeft: 6 + Math.min(3, depth - 1) * 10 }}
        title={reads ? `reads ${reads}` : undefined}
        onClick={() => app.view.select(id)}
        onPointerEnter={() => onHover(id)}
        onPointerLeave={() => onHover(undefined)}
      >
        <span className="truncate">{title}</span>
        {label && <small>{label}</small>}
        {label && <span className="contents-mark" data-status={status} role="img" aria-label={told(status)} />}
      </button>
    </li>
  );
});

function told(status: StatusName): string {
  return status === "idle" ? "not run" : status;
}

function pathOf({ start, end, lane }: Arc): string {
  const [y1, y2] = [start, end].map((row) => row * ROW + ROW / 2);
  const x = GUTTER - 4;
  const out = x - 6 - lane * 4;
  const bend = Math.min(6, Math.abs(y2 - y1) / 2);
  const down = y2 > y1 ? 1 : -1;
  return `M${x} ${y1}H${out + bend}Q${out} ${y1} ${out} ${y1 + down * bend}V${y2 - down * bend}Q${out} ${y2} ${out + bend} ${y2}H${x}`;
}
