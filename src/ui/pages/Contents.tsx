import { memo, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { type OutlineEntry, outlineOf } from "../../notebook";
import { KINDS } from "../notebook/kinds";
import { STATUS_ICONS, type StatusName } from "../parts/Chip";
import { type Arc, arcsOf } from "./arcs";
import "./contents.css";
import { useApp, useAppState } from "./useApp";

const ROW = 28;
const GUTTER = 30;
/** Entries further than this many rows from what is shown are drawn without their icons: each is a layer to the browser. */
const NEAR = 30;
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
  const list = useRef<HTMLOListElement>(null);
  const from = useFirstRow(list, entries.length);
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
        <ol ref={list}>
          {entries.map(({ id, part, kind, title, depth }, row) => (
            <Entry
              key={`${id} ${part}`}
              id={id}
              kind={kind}
              title={title}
              depth={depth}
              selected={id === selected}
              reads={[...(graph?.reads.get(id)?.keys() ?? [])].join(", ")}
              far={row < from - NEAR || row > from + 2 * NEAR}
              onHover={setHovered}
            />
          ))}
        </ol>
      </div>
    </nav>
  );
}

/** The first row in sight, in steps of ten, as the list is scrolled in its panel. */
function useFirstRow(list: RefObject<HTMLOListElement | null>, rows: number): number {
  const [first, setFirst] = useState(0);
  const many = rows > 2 * NEAR;
  useEffect(() => {
    if (!many) return;
    const look = (): void => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      setFirst(10 * Math.max(0, Math.round(-top / ROW / 10)));
    };
    document.addEventListener("scroll", look, { capture: true, passive: true });
    return () => document.removeEventListener("scroll", look, { capture: true });
  }, [list, many]);
  return first;
}

interface EntryProps extends Pick<OutlineEntry, "id" | "kind" | "title" | "depth"> {
  selected: boolean;
  /** The names of what it reads, with commas. */
  reads: string;
  /** Far from what is shown. */
  far: boolean;
  onHover: (id: string | undefined) => void;
}

/** Remembered: with every key that is pressed the notebook is another one, and most of its entries are the same. */
const Entry = memo(function Entry({ id, kind, title, depth, selected, reads, far, onHover }: EntryProps) {
  const app = useApp();
  const status: StatusName = useAppState(() =>
    app.notebooks.derived()?.graph.faults.has(id) ? "failed" : app.notebooks.status(id),
  );
  const code = kind !== "prose";
  const Icon = code ? STATUS_ICONS[status] : undefined;
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
        <span className={far ? undefined : "truncate"}>{title}</span>
        {code && <small>{KINDS[kind].label}</small>}
        {far && code && <span className="unseen">{told(status)}</span>}
        {Icon && !far && (
          <span className="status" data-status={status}>
            <Icon aria-hidden size={13} strokeWidth={2.2} />
            <span className="unseen">{told(status)}</span>
          </span>
        )}
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
