import type { Page } from "@playwright/test";

interface Watched {
  /** What the page asked of its workers, in order; `id` of the model, where it is about one. */
  calls: { method: string; id?: string }[];
  /** The names of the workers that it started and did not end. */
  live: string[];
}

/**
 * What a page does with its workers, to be set up before it is opened. The page is asked and not the workers: one that
 * computes answers nobody.
 */
export async function watchWorkers(page: Page): Promise<() => Promise<Watched>> {
  await page.addInitScript(() => {
    const calls: Watched["calls"] = [];
    const live = new Map<Worker, string>();
    Object.assign(window, { watchedWorkers: () => ({ calls, live: [...live.values()].sort() }) });
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        live.set(this, options?.name ?? "");
      }
      override postMessage(message: unknown, ...rest: unknown[]): void {
        const { kind, method, args } = Object(message);
        if (kind === "call") calls.push({ method, id: args?.id });
        Reflect.apply(super.postMessage, this, [message, ...rest]);
      }
      override terminate(): void {
        live.delete(this);
        super.terminate();
      }
    };
  });
  return () => page.evaluate(() => Reflect.get(window, "watchedWorkers")());
}
