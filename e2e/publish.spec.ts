import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { type Answered, serveFolder } from "../tools/serve";
import { expect, fileArgument, polytab, test } from "./fixtures";
import { THINGS } from "./things";

/** Another host, which lets every page read it, and what it was asked for. */
async function otherHost(folder: string) {
  const answers: Answered[] = [];
  const served = await serveFolder({ folder, isolated: false, cors: true, onAnswer: (answer) => answers.push(answer) });
  const bytesOf = (name: string): number =>
    answers.filter(({ path }) => path.endsWith(name)).reduce((sum, { bytes }) => sum + bytes, 0);
  return { ...served, answers, bytesOf };
}

async function runToScore(page: Page): Promise<number> {
  expect((await polytab(page).run()).filter((cell) => cell.status !== "ready")).toEqual([]);
  return (await polytab(page).score("result")).primary.value;
}

test("a task made of one's CSV is published, and opens from another host by its link to the same score", async ({
  page,
  visitor,
  watch,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "polytab-host-"));
  await page.goto("");
  const id = await polytab(page).importTask(
    { train: fileArgument("things.csv", Buffer.from(THINGS)) },
    { title: "My things", track: "classification", label: "kind", modalities: { secret: "text" } },
  );
  await page.goto(`#/task/${id}`);
  await page.getByRole("button", { name: "Open the starter notebook" }).click();
  await expect(page.getByRole("region", { name: /cell result$/ })).toBeVisible();
  const mine = await runToScore(page);
  await page.goto(`#/task/${id}`);

  await test.step("the folder is made only when its licence and its maker are said", async () => {
    await page.getByRole("button", { name: "Make a task folder" }).click();
    await page.getByRole("button", { name: "Make the folder" }).click();
    await expect(page.getByText("The task has no licence")).toBeVisible();
    await page.getByLabel("Licence", { exact: true }).fill("CC-BY-4.0");
    await page.getByLabel("Made by", { exact: true }).fill("The shop");
    await page.getByLabel("Folder", { exact: true }).fill("shop-things");
    await page.getByRole("button", { name: "Make the folder" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /shop-things\.zip/ }).click();
    const zip = readFileSync(await (await download).path());
    for (const [path, bytes] of Object.entries(unzipSync(zip))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const labels = page.waitForEvent("download");
    await page.getByRole("button", { name: "shop-things-test-labels.csv" }).click();
    expect(readFileSync(await (await labels).path(), "utf8")).toMatch(/^id,kind\n/);
  });

  const host = await otherHost(folder);
  watch.allow(host.url);
  const link = `${host.url}shop-things/task.json`;
  const reader = await visitor();
  await test.step("the link asks first, then opens, and runs to the author's score", async () => {
    await reader.goto(`#task=${encodeURIComponent(link)}`);
    await expect(reader.getByText(`This link opens a task that lies on ${new URL(host.url).host}.`)).toBeVisible();
    expect(host.answers).toEqual([]);
    await reader.getByRole("checkbox", { name: /^Remember/ }).check();
    await reader.getByRole("button", { name: "Open it" }).click();
    await expect(reader.getByRole("heading", { level: 1, name: "My things" })).toBeVisible();
    await expect(reader.getByText(/Made from things\.csv/)).toBeVisible();
    await reader.getByRole("button", { name: "Open the starter notebook" }).click();
    await expect(reader.getByRole("region", { name: /cell result$/ })).toBeVisible();
    expect(await runToScore(reader)).toBe(mine);
  });

  await test.step("the same link opens what is kept; the host is remembered, and can be forgotten", async () => {
    const asked = host.answers.length;
    await reader.goto("#/");
    await reader.goto(`#task=${link}`);
    await expect(reader).toHaveURL(/#\/task\/shop-things$/);
    expect(host.answers).toHaveLength(asked);
    await reader.goto("#/import");
    await reader.getByRole("button", { name: `Forget ${new URL(host.url).host}` }).click();
    await reader.goto(`#task=${host.url}shop-things/croissant.json`);
    await expect(reader.getByText(/This link opens a task/)).toBeVisible();
  });

  await test.step("its Croissant description opens the import page, the label known", async () => {
    await reader.getByRole("button", { name: "Open it" }).click();
    await expect(reader.getByLabel("Label")).toHaveValue("kind");
    await expect(reader.getByLabel("Title")).toHaveValue("My things");
    await expect(reader.getByLabel("validation.parquet is")).toHaveValue("validation");
    await reader.getByRole("button", { name: "Make the task" }).click();
    await expect(reader).toHaveURL(/#\/task\/my-things$/);
  });
  await host.close();
});

test("a Parquet file by its address is read by ranges: the end, the first rows, and what is chosen", async ({
  page,
  watch,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "polytab-host-"));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(
    `copy (select range as nr, 'word ' || range % 500 as about, ['x','y','z'][1 + range % 3] as kind, ${Array.from({ length: 8 }, (_, i) => `random() as n${i}`).join(", ")} from range(900000))
     to '${join(folder, "big.parquet")}' (format parquet, row_group_size 20000)`,
  );
  connection.closeSync();
  const size = statSync(join(folder, "big.parquet")).size;
  expect(size).toBeGreaterThan(45_000_000);
  const host = await otherHost(folder);
  watch.allow(host.url);
  await page.goto(`#task=${host.url}big.parquet`);
  await page.getByRole("button", { name: "Open it" }).click();
  await expect(page.getByText("900,000 rows")).toBeVisible();
  await expect(page.getByRole("cell", { name: "word 2" }).first()).toBeVisible();
  const looked = host.bytesOf("big.parquet");
  expect(looked).toBeLessThan(size / 8); // the end, and of each column its first row group

  await page.getByRole("button", { name: "none" }).click();
  for (const column of ["kind", "about"]) await page.getByRole("checkbox", { name: new RegExp(`^${column}`) }).check();
  await page.getByRole("radio", { name: "The first rows" }).check();
  await page.getByLabel("Number of rows").fill("30000");
  await page.getByRole("button", { name: "Take these rows" }).click();
  await expect(page.getByLabel("Label")).toHaveValue("kind");
  await expect(page.getByText(/30,000 rows · 2 columns/)).toBeVisible();
  expect(host.bytesOf("big.parquet") - looked).toBeLessThan(1_000_000);
  await page.getByRole("button", { name: "Make the task" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Big" })).toBeVisible();
  await host.close();
});
