import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type {} from "../../tools/harness/main";
import { encoded, expect, root, test } from "./harness";

const pictures = encoded(readFileSync(join(root, "src/data/fixtures/pictures.parquet")));
const train = encoded(new TextEncoder().encode("id,name,price\n1,red apple,2.5\n2,green apple,\n3,pear,1\n"));

/** A fresh engine in the page, with the two tables, under `window.engine`. */
async function openEngine(page: Page) {
  return page.evaluate(
    async ({ pictures, train }) => {
      const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const engine = window.harness.createEngine();
      const notes: string[] = [];
      const relations = await engine.open(
        [
          { table: "train", file: "train.csv", format: "csv", bytes: bytes(train) },
          { table: "pictures", file: "pictures.parquet", format: "parquet", bytes: bytes(pictures) },
        ],
        { onProgress: ({ done, note }) => notes.push(`${done.toFixed(2)} ${note}`) },
      );
      const ask = async (sql: string) =>
        window.harness.rowsOf(await window.harness.tableFromArrow(await engine.query(sql)));
      const fault = async (work: Promise<unknown>) =>
        work.then(
          () => undefined,
          (error) => ({
            name: error.name,
            code: error.code,
            message: error.message,
            hint: error.hint,
            where: error.where,
          }),
        );
      Object.assign(window, { engine, ask, fault, bytes });
      return { relations, notes };
    },
    { pictures, train },
  );
}

declare global {
  interface Window {
    engine: ReturnType<Window["harness"]["createEngine"]>;
    ask: (sql: string) => Promise<Record<string, unknown>[]>;
    fault: (
      work: Promise<unknown>,
    ) => Promise<{ name: string; code?: string; message: string; hint?: string; where?: object } | undefined>;
    bytes: (text: string) => Uint8Array;
  }
}

for (const host of ["isolated", "plain"] as const) {
  test(`opens files, answers, keeps and shows, on the ${host} host`, async ({ open }) => {
    const page = await open(host);
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(host === "isolated");
    const { relations, notes } = await openEngine(page);
    expect(relations.map(({ name, rows }) => [name, rows])).toEqual([
      ["train", 3],
      ["pictures", 3],
    ]);
    expect(notes.at(-1)).toBe("1.00 6 rows in 2 tables");
    expect(notes.some((note) => /data engine: [\d.]+ of 18\.1 MB/.test(note))).toBe(true);
    const answer = await page.evaluate(async () => {
      const { engine, ask } = window;
      const kept = await engine.keep("k_1", "select name, price from train where price is not null");
      await engine.alias("dear", "k_1");
      const table = await window.harness.tableFromArrow(await engine.query("select image from pictures order by id"));
      const image = table.columns[0];
      return { kept, dear: await ask("select sum(price) as s from dear"), kind: image.kind, first: image.values[0] };
    });
    expect(answer.kept).toMatchObject({ rows: 2 });
    expect(answer.dear).toEqual([{ s: 3.5 }]);
    expect(answer.kind).toBe("bytes");
  });
}

test("a runaway statement stops at once, and the engine comes back as it was", async ({ open }) => {
  const page = await open("plain");
  await openEngine(page);
  const result = await page.evaluate(async () => {
    const { engine, ask, fault } = window;
    await engine.keep("k_1", "select name, random() as r from train");
    await engine.alias("mine", "k_1");
    await engine.put("put_in", await engine.query("select 1 as one, 'x' as text"));
    const before = await ask("from mine order by name");
    const took: Record<string, number[]> = {};
    const runaways = {
      polled: "select count(*) from range(100000000000)",
      stuck: "select count(*) from range(10000000) a, range(10000000) b where a.range + b.range = -1",
      streaming: "select a.range from range(10000000) a, range(10000000) b where a.range + b.range = -1",
    };
    for (const [name, sql] of Object.entries(runaways)) {
      const stop = new AbortController();
      const running = fault(engine.query(sql, { signal: stop.signal }));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const started = performance.now();
      stop.abort();
      const end = await running;
      const rejected = performance.now() - started;
      if (end?.name !== "AbortError") throw new Error(`${name}: ${JSON.stringify(end)}`);
      await ask("select 1");
      took[name] = [rejected, performance.now() - started];
    }
    return { before, after: await ask("from mine order by name"), put: await ask("from put_in"), took };
  });
  console.log("stop: ms to the abort, ms to the next answer", result.took);
  expect(result.after).toEqual(result.before);
  expect(result.put).toEqual([{ one: 1, text: "x" }]);
  for (const [rejected, answered] of Object.values(result.took)) {
    expect(rejected).toBeLessThan(500);
    expect(answered).toBeLessThan(5000);
  }
});

test("an aborted call in the queue leaves those before and after it alone", async ({ open }) => {
  const page = await open("plain");
  await openEngine(page);
  const outcome = await page.evaluate(async () => {
    const { engine, ask, fault } = window;
    const stop = new AbortController();
    const first = ask("select count(*) as n from range(3000000) where range % 7 = 0");
    const second = fault(engine.query("select 2", { signal: stop.signal }));
    const third = ask("select 3 as x");
    stop.abort();
    return [await first, (await second)?.name, await third];
  });
  expect(outcome).toEqual([[{ n: 428572 }], "AbortError", [{ x: 3 }]]);
});

test("a statement that exhausts the memory is told so, and everything is there again", async ({ open }) => {
  const page = await open("plain");
  await openEngine(page);
  const result = await page.evaluate(async () => {
    const { engine, ask, fault } = window;
    await engine.keep("k_1", "select 5 as five");
    const end = await fault(engine.query("select string_agg(repeat('x', 1000000), '') from range(100000)"));
    return { end, after: await ask("from k_1"), train: await ask("select count(*) as n from train") };
  });
  expect(result.end?.code).toBe("sql-memory");
  expect(result.after).toEqual([{ five: 5 }]);
  expect(result.train).toEqual([{ n: 3 }]);
});

test("nothing leaves the tab: no file, no URL, no setting, before and after", async ({ open }) => {
  const page = await open("plain");
  const asked: string[] = [];
  page.context().on("request", (request) => asked.push(request.url()));
  await openEngine(page);
  const statements = [
    "select * from read_parquet('http://127.0.0.1:9/x.parquet?' || 'secret')",
    "select * from read_csv_auto('http://127.0.0.1:9/x.csv')",
    "from 'http://127.0.0.1:9/x.parquet'",
    "select * from glob('*')",
    "attach 'http://127.0.0.1:9/x.db'",
    "copy train to 'http://127.0.0.1:9/x.csv'",
    "install httpfs",
    "load 'x'",
    "set enable_external_access=true",
    "select 1; copy train to 'x.csv'",
    "with t as (select 1) insert into train select * from t",
    "explain analyze copy train to 'x.csv'",
    "pragma database_list",
    "call pragma_version()",
    "export database 'x'",
  ];
  const codes = await page.evaluate(
    (statements) => Promise.all(statements.map(async (sql) => (await window.fault(window.engine.query(sql)))?.code)),
    statements,
  );
  expect(Object.fromEntries(statements.map((sql, i) => [sql, codes[i]]))).toEqual(
    Object.fromEntries(statements.map((sql) => [sql, "sql-refused"])),
  );
  expect(asked.filter((url) => url.includes(":9/"))).toEqual([]);
  expect(await page.evaluate(() => window.ask("select count(*) as n from train"))).toEqual([{ n: 3 }]);
});

test.describe("without its lock", () => {
  // The engine itself writes down each request that fails.
  test.use({ expected: [/^console error: FAIL WITH:/] });

  test("the guard alone keeps an engine that nobody locked off the network", async ({ open }) => {
    const page = await open("plain");
    const asked: string[] = [];
    page.context().on("request", (request) => asked.push(request.url()));
    const codes = await page.evaluate(async () => {
      const call = window.harness.unlockedWorker();
      await call("boot", {});
      const codes: string[] = [];
      for (const from of [
        "read_parquet('http://127.0.0.1:9/x.parquet?secret')",
        "read_csv_auto('https://127.0.0.1:9/x.csv?secret')",
        "read_parquet('s3://bucket/secret.parquet')",
        `read_csv_auto('${location.href}?secret')`,
        "glob('http://127.0.0.1:9/*.parquet')",
      ])
        codes.push(
          await call("query", { sql: `select * from ${from}`, known: [] }).then(
            () => "answered",
            (error) => error.code,
          ),
        );
      await call("query", { sql: "select 1", known: [] });
      return codes;
    });
    for (const code of codes) expect(code).toMatch(/^sql-|^answered$/);
    expect(asked.filter((url) => url.includes("secret") || url.includes(":9/"))).toEqual([]);
  });
});

test("a damaged file is named, and the next opening works", async ({ open }) => {
  const page = await open("plain");
  await openEngine(page);
  const faults = await page.evaluate(async (pictures) => {
    const whole = window.bytes(pictures);
    const damaged = [
      new Uint8Array(0),
      whole.slice(0, whole.length - 9),
      Uint8Array.from(whole, (byte, i) => (i > 3 && i < 200 ? byte ^ 0xa5 : byte)),
      Uint8Array.from(whole, (byte, i) => (i > whole.length - 300 && i < whole.length - 40 ? byte ^ 0xa5 : byte)),
    ];
    return Promise.all(
      damaged.map((bytes) =>
        window.fault(window.engine.open([{ table: "t", file: "photos.parquet", format: "parquet", bytes }])),
      ),
    );
  }, pictures);
  for (const fault of faults) {
    expect(fault).toMatchObject({ code: "file-damaged", where: { file: "photos.parquet" } });
    expect(fault?.message).toContain("photos.parquet");
  }
  await openEngine(page);
  expect(await page.evaluate(() => window.ask("select count(*) as n from pictures"))).toEqual([{ n: 3 }]);
});

test("boots, opens and answers in good time", async ({ open }) => {
  const page = await open("plain");
  const times = await page.evaluate(
    async ({ train }) => {
      const bytes = Uint8Array.from(atob(train), (letter) => letter.charCodeAt(0));
      const engine = window.harness.createEngine();
      const file = { table: "train", file: "train.csv", format: "csv" as const, bytes };
      const clock = async (work: () => Promise<unknown>) => {
        const started = performance.now();
        await work();
        return Math.round((performance.now() - started) * 10) / 10;
      };
      const cold = await clock(() => engine.open([file]));
      const warm = await clock(() => engine.open([file]));
      await engine.query("select 1");
      const query = await clock(async () => {
        for (let i = 0; i < 50; i++) await engine.query("select count(*) from train");
      });
      const keep = await clock(async () => {
        for (let i = 0; i < 20; i++) await engine.keep(`k_${i}`, "select * from train");
      });
      const million = await clock(() => engine.query("select range, range::varchar, random() from range(1000000)"));
      return { cold, warm, query: query / 50, keep: keep / 20, million };
    },
    { train },
  );
  console.log("ms", times);
  expect(times.query).toBeLessThan(100);
});
