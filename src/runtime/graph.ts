import { type FaultData, suggest } from "../base";

/** What the graph needs to know of a cell. */
export interface GraphCell {
  id: string;
  name: string;
  /** Names mentioned that may or may not be cells: a name that nothing defines is no fault. */
  mentions: readonly string[];
  /** Names that must be defined by a cell or be given. */
  requires: readonly string[];
  /** What is wrong with the cell's own text. */
  fault?: FaultData;
}

export interface Graph {
  /** Every cell that can run, each after what it reads; document order where there is a choice. */
  order: readonly string[];
  /** Cell id to the cells that it reads, by name. */
  reads: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Cell id to the names that it reads of those given from outside. */
  given: ReadonlyMap<string, readonly string[]>;
  /** Cell id to the cells that read it. */
  readers: ReadonlyMap<string, readonly string[]>;
  faults: ReadonlyMap<string, FaultData>;
}

/** R1 to R4. `given` are the names defined outside the notebook: the task's tables. */
export function buildGraph(cells: readonly GraphCell[], given: readonly string[]): Graph {
  const faults = new Map<string, FaultData>();
  const byName = new Map<string, GraphCell[]>();
  const byFolded = new Map<string, GraphCell[]>();
  for (const cell of cells) {
    if (cell.fault) faults.set(cell.id, cell.fault);
    if (cell.name !== "") byName.set(cell.name, [...(byName.get(cell.name) ?? []), cell]);
    // SQL does not tell Train from train, so neither may two names.
    const folded = cell.name.toLowerCase();
    if (folded !== "") byFolded.set(folded, [...(byFolded.get(folded) ?? []), cell]);
  }
  for (const [folded, twins] of byFolded) {
    const { name } = twins[0];
    const where = { cell: name };
    const table = given.find((each) => each.toLowerCase() === folded);
    const code = "duplicate-name";
    for (const twin of twins) {
      if (table !== undefined) {
        faults.set(twin.id, {
          code,
          message: `"${twin.name}" is the name of a table of the task`,
          hint: "Give the cell another name.",
          where: { cell: twin.name },
        });
      } else if (twins.length > 1) {
        faults.set(twin.id, {
          code,
          message: `${twins.length} cells are named "${name}" (small and capital letters do not differ in SQL)`,
          hint: "Rename all but one.",
          where,
        });
      }
    }
  }

  const reads = new Map<string, Map<string, string>>();
  const givenReads = new Map<string, string[]>();
  const readers = new Map<string, string[]>(cells.map((cell) => [cell.id, []]));
  const names = [...byName.keys(), ...given];
  for (const cell of cells) {
    const parents = new Map<string, string>();
    const outside: string[] = [];
    for (const name of new Set([...cell.requires, ...cell.mentions])) {
      const definers = byName.get(name);
      if (definers && !given.includes(name)) {
        if (name === cell.name && !cell.requires.includes(name)) continue; // its own name in its text, such as a column alias
        parents.set(name, definers[0].id);
        readers.get(definers[0].id)?.push(cell.id);
        if (definers.length > 1 && !faults.has(cell.id)) {
          faults.set(cell.id, {
            code: "duplicate-name",
            message: `"${cell.name}" reads "${name}", which ${definers.length} cells are named`,
            hint: "Rename all but one.",
            where: { cell: cell.name },
          });
        }
      } else if (given.includes(name)) outside.push(name);
      else if (cell.requires.includes(name) && !faults.has(cell.id)) {
        faults.set(cell.id, {
          code: "missing-name",
          message: `"${cell.name}" reads "${name}", and no cell is named so`,
          hint: suggest(
            name,
            names.filter((known) => known !== cell.name),
          ),
          where: { cell: cell.name },
        });
      }
    }
    reads.set(cell.id, parents);
    givenReads.set(cell.id, outside);
  }

  const order = sorted(cells, reads, faults);
  return { order, reads, given: givenReads, readers, faults };
}

/** Depth first in document order; what is met again on its own path is a cycle (R3). */
function sorted(
  cells: readonly GraphCell[],
  reads: Map<string, Map<string, string>>,
  faults: Map<string, FaultData>,
): string[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (id: string, path: string[]): void => {
    if (state.get(id) === "done") return;
    if (state.get(id) === "open") {
      const ring = path.slice(path.indexOf(id));
      const names = [...ring, id].map((member) => byId.get(member)?.name);
      for (const member of ring) {
        faults.set(member, {
          code: "cycle",
          message: `These cells read each other in a circle: ${names.join(" → ")}`,
          hint: "Take one of these names out of a cell's text.",
          where: { cell: byId.get(member)?.name },
        });
      }
      return;
    }
    state.set(id, "open");
    for (const parent of reads.get(id)?.values() ?? []) visit(parent, [...path, id]);
    state.set(id, "done");
    if (!faults.has(id)) order.push(id);
  };
  for (const cell of cells) visit(cell.id, []);
  return order.filter((id) => !faults.has(id));
}

/** The cells above `ids` (what they read, at any distance), without themselves unless one reads another. */
export function ancestors(graph: Graph, ids: readonly string[]): Set<string> {
  return reach(ids, (id) => [...(graph.reads.get(id)?.values() ?? [])]);
}

/** The cells below `ids`: who reads them, at any distance. */
export function descendants(graph: Graph, ids: readonly string[]): Set<string> {
  return reach(ids, (id) => graph.readers.get(id) ?? []);
}

function reach(from: readonly string[], next: (id: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = from.flatMap(next);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...next(id));
  }
  return found;
}
