import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { encode } from "fast-png";
import { zipSync } from "fflate";
import { expect, fileArgument, polytab, test } from "./fixtures";

/** A Parquet file written by a current DuckDB, which is not the one in the page. */
async function parquet(name: string, sql: string, options = "") {
  const folder = mkdtempSync(join(tmpdir(), "polytab-import-"));
  const path = join(folder, name);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`copy (${sql}) to '${path}' (format parquet${options})`);
  connection.closeSync();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return fileArgument(name, bytes);
}

const csv = (name: string, text: string) => fileArgument(name, Buffer.from(text));

/** Two shops that name the same things in their own words, as the public entity-matching benchmarks lay them out. */
function shopPairs(count: number, first = 0): string {
  const makers = ["Sony", "Canon", "Bose", "Philips", "LG", "Apple"];
  const things = ["turntable", "camera", "headphones", "television", "speaker", "keyboard"];
  const rows = Array.from({ length: count }, (_, i) => {
    const n = i + first;
    const match = n % 4 === 0;
    const other = match ? n : n + 1;
    const title = (k: number) => `${makers[k % 6]} ${things[(k * 7) % 6]} ${k * 13}`;
    const price = match ? 10 + n : 500 + ((n * 37) % 91);
    return `${n},${match ? 1 : 0},"${title(n)}",${makers[n % 6]},$ ${10 + n}.00,"${title(other)}, black",${n % 5 ? makers[other % 6] : ""},${price}`;
  });
  return ["id,label,left_title,left_manufacturer,left_price,right_title,right_manufacturer,right_price", ...rows].join(
    "\n",
  );
}

const notebook = (task: string, cells: string) => `---\npolytab: 1\ntitle: Mine\ntask: ${task}\n---\n\n${cells}`;

const MODELS = `\`\`\`model majority
learner: majority
\`\`\`

\`\`\`model linear
learner: linear
inputs: [columns]
seed: 7
\`\`\`

\`\`\`score result
predictions: linear
\`\`\`
`;

test("a pair benchmark in CSV goes straight to a score", async ({ page }) => {
  await page.goto("");
  const id = await polytab(page).importTask(
    {
      train: csv("train.csv", shopPairs(400)),
      validation: csv("valid.csv", shopPairs(120, 1000)),
      test: csv("test.csv", shopPairs(80, 2000)),
    },
    { title: "Two shops", track: "matching", label: "label" },
  );
  expect(id).toBe("two-shops");
  expect((await polytab(page).tasks()).find((task) => task.id === id)).toMatchObject({
    title: "Two shops",
    track: "matching",
    rows: { train: 400, validation: 120, test: 80 },
  });
  await polytab(page).openTask(id);
  const features = `\`\`\`sql prices
select left_price - right_price as gap, label from train
\`\`\`

\`\`\`ts features
import { defineFeatures, similarity } from "polytab";
export default defineFeatures(({ left, right }) => ({
  words: similarity.jaccard(left.title, right.title),
  gap: Math.abs(left.price - right.price),
}));
\`\`\`

\`\`\`model mine
learner: linear
inputs: [features]
\`\`\`

\`\`\`score result
predictions: mine
\`\`\`
`;
  await polytab(page).openNotebook(notebook(id, features));
  const reports = await polytab(page).run();
  expect(reports.map(({ name, status, fault }) => ({ name, status, fault }))).toEqual(
    ["prices", "features", "mine", "result"].map((name) => ({ name, status: "ready", fault: undefined })),
  );
  const score = await polytab(page).score("result");
  expect(score).toMatchObject({ split: "validation", rows: 120, primary: { metric: "f1" } });
  expect(score.primary.value).toBeGreaterThan(0.9);
  const [first] = await polytab(page).table("prices", { limit: 1 });
  expect(first).toEqual({ gap: 0, label: 1 });
  const predictions = await polytab(page).predictions("mine", "test");
  expect(predictions).toHaveLength(80);
  expect(predictions.slice(0, 3).map((each) => each.id)).toEqual(["2000", "2001", "2002"]);
  expect(predictions[0].prediction).toBe("1");
  expect(Object.keys(predictions[0].probabilities)).toEqual(["0", "1"]);
});

test("a multimodal Parquet of another program goes straight to a score, and is still there after a reload", async ({
  page,
}) => {
  const red = readFileSync(join(import.meta.dirname, "../public/samples/emoji-aisle/train.parquet"));
  expect(red.length).toBeGreaterThan(1000);
  const source = join(import.meta.dirname, "../public/samples/emoji-aisle/train.parquet");
  const sql = (
    where: string,
  ) => `select row_number() over () - 1 as "Unnamed: 0", name, codepoints::tinyint as codepoints, colours::decimal(9,2) as colours,
    skin::enum('none', 'light', 'medium-light', 'medium', 'medium-dark', 'dark', 'mixed') as skin, timestamp '2020-01-01' + to_days(codepoints::int) as seen,
    image, label as aisle from (select *, try_cast(skin as varchar) from '${source}') where ${where}`;
  const plain = (where: string) => sql(where).replace(/skin::enum\(.*?\) as skin/, "skin");
  await page.goto("");
  const id = await polytab(page).importTask(
    {
      train: await parquet("train.parquet", plain("hash(name) % 5 > 0"), ", compression zstd"),
      validation: await parquet("validation.parquet", plain("hash(name) % 5 = 0")),
    },
    { title: "Aisles, again", track: "classification", label: "aisle", metric: "macro_f1" },
  );
  expect(id).toBe("aisles-again");
  const text = notebook(
    id,
    `\`\`\`sql kinds\nselect aisle, count(*) as n, min(seen) as first from train group by all order by n desc\n\`\`\`\n\n${MODELS}`,
  );
  await polytab(page).openNotebook(text);
  expect((await polytab(page).run()).filter((cell) => cell.status !== "ready")).toEqual([]);
  const score = await polytab(page).score("result");
  expect(score.primary.metric).toBe("macro_f1");
  expect(score.metrics.accuracy).toBeGreaterThan(0.6);
  expect(await polytab(page).predictions("linear", "test")).toEqual([]);
  const [first] = await polytab(page).predictions("linear", "validation");
  expect(first.id).toBe("0");

  await page.reload();
  expect((await polytab(page).tasks()).map((task) => task.id)).toContain(id);
  await polytab(page).openNotebook(text);
  expect((await polytab(page).run()).filter((cell) => cell.status !== "ready")).toEqual([]);
  expect(await polytab(page).score("result")).toEqual(score);
});

const SPLITS = ["train", "validation", "test"] as const;
type Column = { name: string; modality: string };

/** What each split holds, by every column's values and pictures: tasks that agree in it are computed on alike. */
const digests = (columns: readonly Column[]): string =>
  SPLITS.map((split) => {
    const values = columns.map(({ name, modality }) =>
      modality === "image" ? `"${name}".bytes` : `"${name}"::${modality === "numeric" ? "double" : "varchar"}`,
    );
    const label = split === "test" ? [] : ["label::varchar"];
    const sql = `select count(*) as n, bit_xor(hash(${["id", ...values, ...label].join(", ")}))::varchar as digest from ${split}`;
    return `\`\`\`sql ${split}_digest\n${sql}\n\`\`\`\n\n`;
  }).join("");

test("a sample's own files, brought as a stranger's, give the sample's scores to the last digit", async ({ page }) => {
  test.setTimeout(120_000);
  const folder = join(import.meta.dirname, "../public/samples");
  const file = (id: string, name: string) => fileArgument(name, readFileSync(join(folder, id, name)));
  const columnsOf = (id: string): Column[] => {
    const { columns, track } = JSON.parse(readFileSync(join(folder, id, "task.json"), "utf8"));
    if (track === "classification") return columns;
    return ["left", "right"].flatMap((side) =>
      columns.map((column: Column) => ({ ...column, name: `${side}_${column.name}` })),
    );
  };
  await page.goto("");
  /** Digests of the task's rows; with them the score and the ids of its predictions where it is trained too. */
  const outcome = async (task: string, like: string, trained: boolean) => {
    await polytab(page).openNotebook(notebook(task, digests(columnsOf(like)) + (trained ? MODELS : "")));
    expect((await polytab(page).run()).filter((cell) => cell.status !== "ready")).toEqual([]);
    const rows = [];
    for (const split of SPLITS) rows.push(await polytab(page).table(`${split}_digest`));
    const score = trained && {
      ...(await polytab(page).score("result")),
      ids: (await polytab(page).predictions("linear", "test")).map((row) => row.id),
    };
    return { rows, score };
  };
  const bring = (id: string, extension: string, track: "classification" | "matching") => {
    const [train, validation, test] = SPLITS.map((split) => file(id, `${split}.${extension}`));
    return polytab(page).importTask(
      { train, validation, test },
      { title: `${id} ${extension}`, track, label: "label" },
    );
  };
  for (const [id, track] of [
    ["emoji-aisle", "classification"],
    ["web-features", "matching"],
  ] as const) {
    const sample = await outcome(id, id, true);
    expect(await outcome(await bring(id, "csv", track), id, true)).toEqual(sample);
    // The same rows to the last bit are the same scores: one training less.
    const { rows } = await outcome(await bring(id, "parquet", track), id, false);
    expect(rows).toEqual(sample.rows);
  }
});

test("the page of an import shows every guess, takes corrections, and the task can be removed for good", async ({
  page,
  watch,
}) => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${i},a ${["fine", "cheap", "small"][i % 3]} thing ${i % 7},${i % 5},$ ${i}.50,${"xyz"[i % 3]}`,
  );
  const text = [
    "nr,about,stars,price,kind",
    ...rows,
    "60,too,few",
    ...rows.slice(0, 6).map((row) => row.replace(/^\d+/, "9$&")),
  ].join("\n");
  await page.goto("");
  await page.getByRole("button", { name: "Bring your own data" }).click();
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name: "My_things-train.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

  await test.step("a line that is no row is listed and refuses, until the reader sets it aside", async () => {
    await expect(
      page.getByText("Cannot read 1 line of My_things-train.csv: line 62 has 3 fields where the header has 5"),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: "Make the task" })).toBeDisabled();
    await page.getByRole("checkbox", { name: "Set aside the lines that are no rows" }).check();
    await expect(page.getByText("1 line of My_things-train.csv is set aside: line 62")).toBeVisible();
  });

  await test.step("guesses and their rules are in sight, and can be corrected", async () => {
    await expect(page.getByLabel("Title")).toHaveValue("My things");
    await expect(page.getByLabel("Label")).toHaveValue("kind");
    await expect(page.getByRole("row", { name: /^price/ })).toContainText('"$" taken off');
    await expect(page.getByLabel("about is read as")).toHaveValue("text");
    await page.getByLabel("stars is read as").selectOption("categorical");
    await expect(page.getByRole("row", { name: /^stars/ })).toContainText("as you chose");
  });

  await test.step("the task opens, and its starter notebook runs to a score", async () => {
    await page.getByRole("button", { name: "Make the task" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "My things" })).toBeVisible();
    await expect(page.getByText(/Kept in this browser, /)).toBeVisible();
    await page.getByRole("button", { name: "Open the starter notebook" }).click();
    await expect(page.getByRole("region", { name: /cell result$/ })).toBeVisible();
    expect((await polytab(page).run()).filter((cell) => cell.status !== "ready")).toEqual([]);
    expect((await polytab(page).score("result")).primary.value).toBeGreaterThan(0.9);
  });

  await test.step("removed, it is gone for good", async () => {
    await page.goto("#/");
    await page.getByRole("button", { name: "Remove My things" }).click();
    await page.getByRole("button", { name: "Remove the task" }).click();
    await expect(page.getByRole("link", { name: "My things", exact: true })).toHaveCount(0);
    const left = await page.evaluate(async () => {
      const open = indexedDB.open("polytab-tasks");
      await new Promise((resolve) => open.addEventListener("success", resolve));
      const counts = [...open.result.objectStoreNames].map((name) => {
        const request = open.result.transaction(name).objectStore(name).count();
        return new Promise((resolve) => request.addEventListener("success", () => resolve(request.result)));
      });
      return Promise.all(counts);
    });
    expect(left).toEqual([0, 0]);
    watch.expectError(/404/); // the site is asked for what this browser no longer has
    await page.goto("#/task/my-things");
    await expect(page.getByText(/my-things/).first()).toBeVisible();
  });
});

test("a browser that keeps nothing says so, and the task works in the tab", async ({ page }) => {
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (name, version) {
      if (name === "polytab-tasks") throw new DOMException("no room", "QuotaExceededError");
      return open.call(this, name, version);
    };
  });
  await page.goto("");
  const rows = Array.from({ length: 40 }, (_, i) => `${i * i},${"ab"[i % 2]}`);
  const id = await polytab(page).importTask(
    { train: csv("t.csv", ["x,k", ...rows].join("\n")) },
    { title: "Tab", track: "classification", label: "k" },
  );
  await expect(page.getByText('This browser has no room to keep "Tab"')).toBeVisible();
  await polytab(page).openNotebook(notebook(id, MODELS));
  expect((await polytab(page).run()).filter((cell) => cell.status !== "ready")).toEqual([]);
  expect((await polytab(page).score("result")).rows).toBe(6);
  expect((await polytab(page).tasks())[0].id).toBe(id);
});

test("broken files are refused with their names, and leave nothing behind", async ({ page }) => {
  await page.goto("");
  const about = { title: "Broken", track: "classification" as const, label: "k" };
  const good = await parquet("good.parquet", "select range as x, range % 2 as k from range(100)");
  const cut = {
    ...good,
    polytabFile: "cut.parquet",
    base64: Buffer.from(good.base64, "base64").subarray(0, 300).toString("base64"),
  };
  const cases: [ReturnType<typeof csv>, RegExp][] = [
    [cut, /cut\.parquet/],
    [csv("empty.csv", ""), /empty\.csv/],
    [csv("open.csv", 'x,k\n1,a\n"2,b\n3,a\n4,b\n'), /open\.csv.*line 3/],
    [csv("twice.csv", "x,x,k\n1,2,a\n"), /twice\.csv.*"x"/],
    [csv("ragged.csv", "x,k\n1,a\n2\n3,b,c\n"), /line 3 .*line 4/],
    [csv("page.csv", "<!doctype html><html></html>"), /web page/],
    [fileArgument("nul.csv", Buffer.from("x,k\n1,a\n\0,b\n")), /line 3 holds a NUL/],
    [csv("nolabel.csv", "x,y\n1,2\n"), /no column "k"/],
  ];
  for (const [file, words] of cases)
    await expect(polytab(page).importTask({ train: file }, about)).rejects.toThrow(words);
  expect((await polytab(page).tasks()).filter((task) => task.id.startsWith("broken"))).toEqual([]);
});

test("a task's folder in an archive is taken over as it is", async ({ page }) => {
  const folder = join(import.meta.dirname, "../public/samples/web-features");
  const names = ["task.json", "notebook.md", "train.parquet", "validation.parquet", "test.parquet"];
  const zip = zipSync(
    Object.fromEntries(names.map((name) => [`web-features/${name}`, readFileSync(join(folder, name))])),
  );
  await page.goto("#/import");
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name: "web-features.zip", mimeType: "application/zip", buffer: Buffer.from(zip) });
  await expect(page).toHaveURL(/#\/task\/web-features-2$/);
  await expect(page.getByRole("heading", { level: 1, name: /Same web feature/ })).toBeVisible();
  await page.getByRole("button", { name: "Open the starter notebook" }).click();
  expect(await polytab(page).notebook()).toContain("task: web-features-2\n");
});

test("a folder of pictures beside a table, in an archive, goes through the page to a score; what is missing is told", async ({
  page,
}) => {
  const size = 16;
  const picture = (n: number): Uint8Array => {
    const data = Uint8Array.from({ length: size * size * 3 }, (_, i) =>
      i % 3 === (n % 2) * 2 ? 170 + ((i * 7 + n * 13) % 80) : (i * 11 + n * 29) % 90,
    );
    return encode({ width: size, height: size, channels: 3, data });
  };
  const files: Record<string, Uint8Array> = Object.fromEntries(
    Array.from({ length: 120 }, (_, n) => [`shop/images/${n}.png`, picture(n)]),
  );
  delete files["shop/images/6.png"];
  files["shop/images/9.png"] = files["shop/images/9.png"].slice(0, 60);
  const rows = Array.from({ length: 120 }, (_, n) => `${n},images/${n}.png,${n % 2 ? "blue" : "red"}`);
  files["shop/colours.csv"] = Buffer.from(["nr,photo,colour", ...rows].join("\n"));
  await page.goto("#/import");
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name: "shop.zip", mimeType: "application/zip", buffer: Buffer.from(zipSync(files)) });

  await test.step("the page says what was found, and the lines of what was not", async () => {
    await expect(page.getByText(/^119 pictures beside them, /)).toBeVisible();
    await expect(page.getByText('"photo" in colours.csv names 118 pictures among the files')).toBeVisible();
    await expect(
      page.getByText(
        /2 pictures of "photo" in colours\.csv count as missing: line 8 \(images\/6\.png is not among the files\) and line 11 \(images\/9\.png cannot be shown: /,
      ),
    ).toBeVisible();
    await expect(page.getByLabel("photo is read as")).toHaveValue("image");
  });

  await test.step("the task shows them, and its starter learns from them", async () => {
    await page.getByRole("button", { name: "Make the task" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "colours" })).toBeVisible();
    await expect(page.getByRole("img", { name: "photo, a picture" }).first()).toBeVisible();
    await page.getByRole("button", { name: "Open the starter notebook" }).click();
    await expect(page.getByRole("region", { name: /cell result$/ })).toBeVisible();
    expect((await polytab(page).run()).filter((cell) => cell.status !== "ready")).toEqual([]);
    expect((await polytab(page).score("result")).primary.value).toBeGreaterThan(0.9);
  });

  await test.step("pictures alone are refused with the way out", async () => {
    await page.goto("#/import");
    await page
      .locator("input[type=file]")
      .first()
      .setInputFiles({ name: "1.png", mimeType: "image/png", buffer: Buffer.from(picture(1)) });
    await expect(page.getByText("1 picture and no table that names them").first()).toBeVisible();
  });
});
