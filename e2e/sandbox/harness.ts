import { expect, type Page } from "@playwright/test";
import type { RunRequest } from "../../src/sandbox";
import { buildSandboxHarness } from "../../tools/harness-sandbox/build";
import type { Outcome } from "../../tools/harness-sandbox/main";
import { type Served, serveFolder } from "../../tools/serve";
import { test as base } from "../browser";

export type { Outcome };
export { expect };

interface EachWorker {
  /** A page with nothing but a sandbox, built under the app's policy: with the headers of isolation, and without. */
  hosts: { isolated: Served; plain: Served };
}

export const test = base.extend<{ sandbox: Page }, EachWorker>({
  hosts: [
    async ({ browserName }, use, { workerIndex }) => {
      const folder = await buildSandboxHarness(`${browserName}-${workerIndex}`);
      const isolated = await serveFolder({ folder, isolated: true });
      const plain = await serveFolder({ folder, isolated: false, base: "/some/path/" });
      await use({ isolated, plain });
      await isolated.close();
      await plain.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  sandbox: async ({ page, hosts }, use) => {
    await page.goto(hosts.isolated.url);
    await use(page);
  },
});

/** A task of `rows` rows: `name` is "item 3" (missing in row `t2`), `price` the row's number, `kind` the label. */
export interface Case {
  rows?: number;
  seed?: number;
  preview?: number;
  timeoutMs?: number;
  stopAfterMs?: number;
}

/** Runs a cell in the page. The request is made there: a table of typed arrays does not survive Playwright's JSON. */
export async function run(page: Page, source: string, options: Case = {}): Promise<Outcome> {
  await page.waitForFunction(() => window.sandboxHarness !== undefined);
  return page.evaluate(
    async ([text, { rows = 10, seed = 7, preview, timeoutMs, stopAfterMs }]) => {
      const [train, validation, test] = (
        [
          ["t", rows],
          ["v", 5],
          ["x", 5],
        ] as const
      ).map(([prefix, count]): RunRequest["splits"]["train"] => ({
        rows: count,
        columns: [
          { kind: "string", name: "id", values: Array.from({ length: count }, (_, i) => `${prefix}${i}`) },
          {
            kind: "string",
            name: "name",
            values: Array.from({ length: count }, (_, i) => (i === 2 ? null : `item ${i}`)),
          },
          { kind: "number", name: "price", values: Float64Array.from({ length: count }, (_, i) => i) },
        ],
      }));
      const outcome = await window.sandboxHarness.run(
        {
          cell: "features",
          source: text,
          task: {
            track: "classification",
            columns: [
              { name: "name", modality: "text" },
              { name: "price", modality: "numeric" },
            ],
            classes: ["a", "b"],
            label: "kind",
          },
          splits: { train, validation, test },
          trainLabels: Array.from({ length: rows }, (_, i) => (i % 2 ? "a" : "b")),
          tables: { prices: validation },
          seed,
          rows: preview,
        },
        { timeoutMs, stopAfterMs },
      );
      const shown = <T extends { columns: { values: unknown }[] }>(table: T | undefined) => {
        for (const column of table?.columns ?? [])
          column.values = Array.from(column.values as ArrayLike<unknown>, (value) =>
            ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value,
          );
      };
      if (outcome.ok && outcome.result.kind === "features") Object.values(outcome.result.splits).forEach(shown);
      if (outcome.ok && outcome.result.kind === "plain") shown(outcome.result.table);
      return outcome;
    },
    [source, options] as const,
  );
}

/** One column of a split, or of a plain cell's table. */
export function values(outcome: Outcome, column: string, split = "train"): unknown[] {
  if (!outcome.ok) throw new Error(`the run failed: ${outcome.message}`);
  const { result } = outcome;
  const table = result.kind === "features" ? result.splits[split] : result.table;
  return table?.columns.find(({ name }) => name === column)?.values as unknown[];
}
