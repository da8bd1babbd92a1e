import { type FaultData, faultDataOf, isAbort } from "../../base";
import type { Table } from "../../table";

export interface PageCacheOptions {
  rows: number;
  page: (start: number, count: number, signal: AbortSignal) => Promise<Table>;
  /** Told after every page that came or failed. */
  onChange: () => void;
  /** Rows a page. */
  size?: number;
  /** Pages kept beside the wanted ones. */
  keep?: number;
}

export interface PageCache {
  /** Asks for the pages of these rows (`last` exclusive); open requests for other pages are aborted. */
  want(first: number, last: number): void;
  /** Where a row is, if its page is here. */
  at(row: number): { table: Table; index: number } | undefined;
  /** The fault of a page among the rows last wanted. */
  fault(): FaultData | undefined;
  /** Forgets failed pages and asks for them again. */
  retry(): void;
  dispose(): void;
}

type Page =
  | { kind: "open"; controller: AbortController }
  | { kind: "here"; table: Table }
  | { kind: "failed"; fault: FaultData };

/** Pages of a long table, fetched as they come into sight; the least recently wanted ones are let go. */
export function createPageCache({ rows, page, onChange, size = 100, keep = 12 }: PageCacheOptions): PageCache {
  // A Map keeps the order of insertion, so its first pages are the least recently wanted ones.
  const pages = new Map<number, Page>();
  let wanted: number[] = [];

  const load = async (number: number) => {
    const controller = new AbortController();
    const open: Page = { kind: "open", controller };
    pages.set(number, open);
    const start = number * size;
    let next: Page;
    try {
      next = { kind: "here", table: await page(start, Math.min(size, rows - start), controller.signal) };
    } catch (error) {
      if (isAbort(error) || controller.signal.aborted) return;
      next = { kind: "failed", fault: faultDataOf(error) };
    }
    // An answer that nobody waits for any more must not come back into the cache.
    if (pages.get(number) !== open) return;
    pages.set(number, next);
    onChange();
  };

  const forget = (number: number) => {
    const page = pages.get(number);
    if (page?.kind === "open") page.controller.abort();
    pages.delete(number);
  };

  const want = (first: number, last: number) => {
    if (last <= first) return;
    const from = Math.floor(first / size);
    const to = Math.floor((Math.min(last, rows) - 1) / size);
    wanted = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
    for (const [number, page] of pages) if (page.kind === "open" && !wanted.includes(number)) forget(number);
    for (const number of wanted) {
      const page = pages.get(number);
      if (!page) {
        load(number);
        continue;
      }
      pages.delete(number);
      pages.set(number, page);
    }
    for (const number of pages.keys()) {
      if (pages.size <= keep + wanted.length) break;
      if (!wanted.includes(number)) forget(number);
    }
  };

  return {
    want,
    at: (row) => {
      const page = pages.get(Math.floor(row / size));
      return page?.kind === "here" ? { table: page.table, index: row % size } : undefined;
    },
    fault: () => {
      for (const number of wanted) {
        const page = pages.get(number);
        if (page?.kind === "failed") return page.fault;
      }
      return undefined;
    },
    retry: () => {
      const failed = [...pages].filter(([, page]) => page.kind === "failed").map(([number]) => number);
      for (const number of failed) pages.delete(number);
      if (wanted.length > 0) want(wanted[0] * size, (wanted[wanted.length - 1] + 1) * size);
      onChange();
    },
    dispose: () => {
      for (const number of [...pages.keys()]) forget(number);
      wanted = [];
    },
  };
}
