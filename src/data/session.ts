import type { DuckDBBindings, DuckDBDataProtocol } from "@duckdb/duckdb-wasm/blocking";
import { Fault, isAbort, throwIfAborted } from "../base";
import { hasDictionary } from "./dictionaries";
import { collect, isSeveralStatements, POLL_MS, type Tick, withEnd } from "./execution";
import { readEngineError } from "./faults";
import { brokenFile, LOADING, unreadable } from "./files";
import { footerOf } from "./footer";
import type { Attached, FileFormat, FileToLoad, Footer, Relation, TableFile } from "./protocol";
import { REHEARSAL, REHEARSED, REHEARSED_ROWS } from "./rehearsal";
import { checkStatement } from "./statement";
import { quoted } from "./tokens";

/**
 * One database in the engine, and the one connection to it. Steps run one after another, never at the same time.
 * `known` are the names that a fault may propose.
 */
export interface Session {
  /** Does once what a task's page asks first, and leaves nothing. Only before `lock`. */
  rehearse(signal: AbortSignal): Promise<void>;
  /** A Parquet file as a view, its rows read where they lie, until `load` makes them a table. Only before `lock`. */
  glance(file: TableFile): Relation;
  load(file: FileToLoad, signal: AbortSignal): Promise<Relation>;
  /** A Parquet file that is read where it lies. Only before `lock`. */
  attach(file: Attached, signal: AbortSignal): Promise<Footer>;
  lock(): void;
  query(sql: string, known: readonly string[], signal: AbortSignal): Promise<Uint8Array>;
  keep(name: string, sql: string, known: readonly string[], signal: AbortSignal): Promise<Relation>;
  alias(name: string, target: string, known: readonly string[]): void;
  put(name: string, arrow: Uint8Array): Relation;
  drop(name: string): void;
  /** Rows as a file. Only before `lock`: the engine writes it to a file of its own. */
  write(sql: string, format: FileFormat, signal: AbortSignal): Promise<Uint8Array>;
}

// A result is made under this name and takes its own when it is finished: a failing statement leaves what was there.
const MAKING = "__making";
const FILE_READER: DuckDBDataProtocol = 2;
const HTTP: DuckDBDataProtocol = 4;
const WRITING = "__writing";
const WRITE_OPTIONS: Record<FileFormat, string> = {
  parquet: "format parquet, compression zstd",
  csv: "format csv, header true, nullstr ''",
};

const copyTo = (sql: string, format: FileFormat): string => `copy (${sql}) to '${WRITING}' (${WRITE_OPTIONS[format]})`;

export function createSession(bindings: DuckDBBindings, tick: Tick): Session {
  bindings.open({ query: { queryPollingInterval: POLL_MS } });
  const metadata = bindings.connect();
  const identify = metadata.useUnsafe.bind(metadata);
  const connection = identify((_, id) => id);
  const kinds = new Map<string, "table" | "view">();
  const views = new Map<string, { name: string; target: string }>();
  /** What files that were glanced at are called, by their tables. */
  const glanced = new Map<string, string>();

  const run = (sql: string) => void bindings.runQuery(connection, sql);
  const gather = (sql: string, signal: AbortSignal) => collect(bindings, connection, sql, signal, tick);

  /** The same stream of random numbers for every statement: same notebook, same data, same result. */
  const seed = () => run("select setseed(0.42)");

  // Not duckdb_columns() or DESCRIBE, which take 20 ms each in this release; this takes half of one. It cannot read a
  // name with a quote in it, which is why a table is described before it gets its name.
  const columnsOf = (name: string): Relation["columns"] =>
    metadata
      .query(`select name, type from pragma_table_info('${quoted(name).replaceAll("'", "''")}')`)
      .toArray()
      .map((column) => ({ name: String(column.name), type: String(column.type) }));

  const relationOf = (name: string): Relation => {
    const columns = columnsOf(name);
    const [counted] = metadata.query(`select count(*) as row_count from ${quoted(name)}`).toArray();
    return {
      name,
      rows: Number(counted.row_count),
      columns,
    };
  };

  /** @throws Fault `file-damaged` where the file is broken at first sight */
  const register = (file: TableFile, called: string) => {
    const broken = brokenFile(file);
    if (broken) throw broken;
    bindings.registerFileBuffer(called, file.bytes);
  };

  const remove = (name: string) => {
    const kind = kinds.get(key(name));
    if (kind) run(`drop ${kind} if exists ${quoted(name)}`);
    kinds.delete(key(name));
    views.delete(key(name));
  };

  const show = (name: string, target: string) => {
    run(`create or replace view ${quoted(name)} as select * from ${quoted(target)}`);
    kinds.set(key(name), "view");
    views.set(key(name), { name, target });
  };

  /** Gives a finished table its name, in place of what had it before, and shows it in the views of that name. */
  const install = (name: string): Relation => {
    const about = relationOf(MAKING);
    remove(name);
    run(`alter table ${MAKING} rename to ${quoted(name)}`);
    kinds.set(key(name), "table");
    for (const view of views.values()) if (key(view.target) === key(name)) show(view.name, view.target);
    return { ...about, name };
  };

  const insert = (arrow: Uint8Array) => {
    run(`drop table if exists ${MAKING}`);
    bindings.insertArrowFromIPCStream(connection, withEnd(arrow), { name: MAKING, schema: "main", create: true });
  };

  const make = async (sql: string, signal: AbortSignal) => {
    const making = `create or replace table ${MAKING} as\n${sql}`;
    try {
      await gather(making, signal);
    } catch (error) {
      if (!isSeveralStatements(error)) throw error;
      run(making);
    }
  };

  const rowsOf = async (sql: string, signal: AbortSignal): Promise<Uint8Array> => {
    try {
      const rows = await gather(sql, signal);
      if (!hasDictionary(rows)) return rows;
    } catch (error) {
      if (!isSeveralStatements(error)) throw error;
    }
    await make(sql, signal);
    const columns = columnsOf(MAKING).map(
      ({ name, type }) => `${quoted(name)}::${withoutEnums(type)} as ${quoted(name)}`,
    );
    return await gather(`select ${columns.join(", ")} from ${MAKING}`, signal);
  };

  /** A CSV file holds pictures as `data:` URIs; they become what Parquet holds: a struct of bytes and path. */
  const decodePictures = async (signal: AbortSignal) => {
    const texts = relationOf(MAKING).columns.filter((column) => column.type === "VARCHAR");
    if (texts.length === 0) return;
    const checks = texts.map(
      ({ name }, i) => `count(${quoted(name)}) > 0 and bool_and(${quoted(name)} like 'data:image/%;base64,%') as c${i}`,
    );
    const [answer] = metadata.query(`select ${checks.join(", ")} from ${MAKING}`).toArray();
    const pictures = texts.filter((_, i) => answer[`c${i}`] === true).map(({ name }) => quoted(name));
    if (pictures.length === 0) return;
    const decoded = pictures.map(
      (name) =>
        `case when ${name} is not null then struct_pack(` +
        `bytes := from_base64(substr(${name}, strpos(${name}, ',') + 1)), path := null::varchar) end as ${name}`,
    );
    await gather(
      `create or replace table ${MAKING}_2 as select * replace (${decoded.join(", ")}) from ${MAKING}`,
      signal,
    );
    run(`drop table ${MAKING}`);
    run(`alter table ${MAKING}_2 rename to ${MAKING}`);
  };

  const told = (error: unknown, sql: string, known: readonly string[], linesBefore = 0): unknown => {
    if (error instanceof Fault || isAbort(error)) return error;
    const columns = () => {
      const there = known.filter((name) => kinds.has(key(name)) && !name.includes('"'));
      return [...new Set(there.flatMap((name) => columnsOf(name).map((column) => column.name)))];
    };
    return readEngineError(error, { sql, known, columns, linesBefore });
  };

  return {
    rehearse: async (signal) => {
      // Whole statements, and aborts between them: a file that a stopped one has open cannot be let go.
      const step = async (sql: string) => {
        await tick();
        throwIfAborted(signal);
        run(sql);
      };
      try {
        bindings.registerFileBuffer(WRITING, new Uint8Array(0));
        await step(copyTo(REHEARSED_ROWS, "parquet"));
        await step(`create or replace table ${REHEARSED} as from read_parquet('${WRITING}')`);
        for (const sql of REHEARSAL) await step(sql);
      } finally {
        bindings.dropFile(WRITING);
        run(`drop table if exists ${REHEARSED}`);
      }
    },
    glance: (file) => {
      const called = `${LOADING}_${glanced.size}`;
      try {
        register(file, called);
        run(`create or replace view ${quoted(file.table)} as from read_parquet('${called}')`);
        kinds.set(key(file.table), "view");
        glanced.set(key(file.table), called);
        return relationOf(file.table);
      } catch (error) {
        throw error instanceof Fault ? error : unreadable(file, error, called);
      }
    },
    load: async ({ bytes, ...file }, signal) => {
      const called = (bytes === undefined && glanced.get(key(file.table))) || LOADING;
      try {
        if (bytes) register({ ...file, bytes }, called);
        if (file.format === "parquet") await make(`from read_parquet('${called}')`, signal);
        else {
          await make(`from read_csv_auto('${called}', sample_size=-1)`, signal);
          await decodePictures(signal);
        }
        const relation = install(file.table);
        bindings.dropFile(called);
        return relation;
      } catch (error) {
        if (isAbort(error) || error instanceof Fault) throw error;
        throw unreadable(file, error, called);
      }
    },
    attach: async ({ name, file, source }, signal) => {
      try {
        if (typeof source === "string") bindings.registerFileURL(name, source, HTTP, false);
        else bindings.registerFileHandle(name, source, FILE_READER, true);
        return await footerOf(name, (sql) => metadata.query(sql).toArray(), signal);
      } catch (error) {
        if (isAbort(error)) throw error;
        throw unreadable({ file, format: "parquet" }, error);
      }
    },
    lock: () => {
      run("set enable_external_access=false");
      run("set lock_configuration=true");
    },
    query: async (sql, known, signal) => {
      checkStatement(sql);
      try {
        seed();
        return await rowsOf(sql, signal);
      } catch (error) {
        throw told(error, sql, known);
      }
    },
    keep: async (name, sql, known, signal) => {
      const reading = checkStatement(sql);
      try {
        seed();
        if (reading === "rows") await make(sql, signal);
      } catch (error) {
        throw told(error, sql, known, 1);
      }
      try {
        if (reading === "report") insert(await rowsOf(sql, signal));
        return install(name);
      } catch (error) {
        throw told(error, sql, known);
      }
    },
    alias: (name, target, known) => {
      if (key(name) === key(target)) return;
      try {
        if (kinds.get(key(name)) === "table") remove(name);
        show(name, target);
      } catch (error) {
        throw told(error, "", known);
      }
    },
    put: (name, arrow) => {
      try {
        insert(arrow);
        return install(name);
      } catch (error) {
        throw told(error, "", []);
      }
    },
    drop: remove,
    write: async (sql, format, signal) => {
      checkStatement(sql);
      try {
        bindings.registerFileBuffer(WRITING, new Uint8Array(0));
        await gather(copyTo(sql, format), signal);
        return bindings.copyFileToBuffer(WRITING);
      } catch (error) {
        throw told(error, sql, []);
      } finally {
        bindings.dropFile(WRITING);
      }
    },
  };
}

/** A type as DuckDB prints it, with text in place of its ENUMs. */
function withoutEnums(type: string): string {
  return type.replace(/ENUM\((?:'(?:[^']|'')*'(?:, )?)*\)/g, "VARCHAR");
}

/** Names of tables do not tell cases apart in SQL. */
function key(name: string): string {
  return name.toLowerCase();
}
