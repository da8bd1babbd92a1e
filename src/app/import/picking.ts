import type { StoreApi } from "zustand/vanilla";
import { Fault, faultDataOf, isAbort } from "../../base";
import { type Converter, createConverter, type Footer, quoted } from "../../data";
import { rowsOf, tableFromArrow } from "../../table";
import { rowsThatFit, type Taking } from "../../tasks";
import type { AppState } from "../state";
import type { PickState } from "./state";

/** A Parquet file that is not loaded before the reader has said what of it: a large one, or one on another host. */
export interface PickSource {
  name: string;
  bytes: number;
  /** A file is read where it lies; an address by ranges. */
  from: File | string;
}

/** Choosing a part of a large file before anything big is read. */
export interface Picker {
  /** Reads the end of the file and its first rows. */
  start(source: PickSource): Promise<void>;
  change(key: number, taking: Partial<Taking>): void;
  /** Reads what was chosen, and nothing else of the file. */
  take(key: number): Promise<void>;
  drop(key: number): void;
  end(): void;
}

export interface PickerOptions {
  store: StoreApi<AppState>;
  /** Where the chosen part goes, as a file of its own. */
  taken: (file: File) => Promise<void>;
  converter?: () => Converter;
}

const TABLE = "picked";
const FIRST_ROWS = 30;
const SHOWN_COLUMNS = 40;
/** Up to so much is proposed whole. */
const WHOLE = 100_000_000;

export function createPicker({ store, taken, converter: create = createConverter }: PickerOptions): Picker {
  const converters = new Map<number, Converter>();
  let keys = 0;
  const patch = (key: number, change: Partial<PickState>): void =>
    store.setState(({ importing }) =>
      importing
        ? {
            importing: {
              ...importing,
              picking: importing.picking.map((each) => (each.key === key ? { ...each, ...change } : each)),
            },
          }
        : {},
    );
  const find = (key: number): PickState | undefined =>
    store.getState().importing?.picking.find((each) => each.key === key);
  const drop = (key: number): void => {
    converters.get(key)?.dispose();
    converters.delete(key);
    store.setState(({ importing }) =>
      importing ? { importing: { ...importing, picking: importing.picking.filter((each) => each.key !== key) } } : {},
    );
  };

  return {
    start: async ({ name, bytes, from }) => {
      const key = ++keys;
      const state: PickState = {
        key,
        name,
        bytes,
        elsewhere: typeof from === "string",
        taking: { columns: [], rows: { kind: "all" } },
        busy: { done: 0, note: "Reading the end of the file" },
      };
      store.setState(({ importing }) =>
        importing ? { importing: { ...importing, picking: [...importing.picking, state] } } : {},
      );
      const converter = create();
      converters.set(key, converter);
      try {
        const footer = await converter.attach({ name: TABLE, file: name, source: from });
        if (footer.rows === 0)
          throw new Fault("file-empty", `${name} has no rows`, {
            hint: "Give a file with rows in it.",
            where: { file: name },
          });
        const columns = footer.columns.map((column) => column.name);
        const fit = rowsThatFit(footer, columns);
        const small = bytes <= WHOLE && typeof from !== "string";
        patch(key, {
          footer,
          taking: { columns, rows: small || fit >= footer.rows ? { kind: "all" } : { kind: "first", count: fit } },
          busy: { done: 0.5, note: "Reading the first rows" },
        });
        const first = await tableFromArrow(await converter.query(firstSql(footer)));
        patch(key, { first: rowsOf(first), busy: undefined });
      } catch (error) {
        if (!isAbort(error)) patch(key, { fault: faultDataOf(error), busy: undefined });
      }
    },
    change: (key, taking) => {
      const now = find(key);
      if (now) patch(key, { taking: { ...now.taking, ...taking }, fault: undefined });
    },
    take: async (key) => {
      const [now, converter] = [find(key), converters.get(key)];
      if (!now || !converter) return;
      patch(key, { busy: { done: 0, note: "Reading what you chose" }, fault: undefined });
      try {
        const { bytes } = await converter.parquet(takingSql(now.taking));
        const file = new File([bytes as Uint8Array<ArrayBuffer>], now.name);
        drop(key);
        await taken(file);
      } catch (error) {
        if (!isAbort(error)) patch(key, { fault: faultDataOf(error), busy: undefined });
      }
    },
    drop,
    end: () => {
      for (const key of [...converters.keys()]) drop(key);
    },
  };
}

export function takingSql({ columns, rows }: Taking): string {
  const list = columns.map(quoted).join(", ");
  const from = `select ${list} from read_parquet('${TABLE}')`;
  if (rows.kind === "first") return `${from} limit ${rows.count}`;
  return rows.kind === "sample" ? `${from} using sample reservoir(${rows.count} rows) repeatable (42)` : from;
}

/** Values as short texts; bytes by their size. */
function firstSql({ columns }: Footer): string {
  const list = columns.slice(0, SHOWN_COLUMNS).map(({ name, type }) => {
    const column = quoted(name);
    const bytes =
      type === "BLOB" ? column : /^STRUCT\((?:.*, )?"?bytes"? BLOB/i.test(type) ? `${column}['bytes']` : undefined;
    return bytes
      ? `octet_length(${bytes})::varchar || ' bytes' as ${column}`
      : `left(${column}::varchar, 80) as ${column}`;
  });
  return `select ${list.join(", ")} from read_parquet('${TABLE}') limit ${FIRST_ROWS}`;
}
