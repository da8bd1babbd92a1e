import type { Page } from "@playwright/test";
import { expect, polytab, test as watched } from "../fixtures";
import { type Listener, openListener } from "./listener";
import { NO_TRACES, TRACES } from "./notebook";

export { expect, polytab };

interface EachTest {
  listener: Listener;
}

/** The watched `test` with a listener of the attacker's. */
export const test = watched.extend<EachTest>({
  listener: async ({ watch }, use) => {
    const listener = await openListener();
    // What the policy refuses is told in the console, and Playwright tells of requests that never left the page. What
    // counts is what the listener hears.
    watch.expectError(/Content Security Policy|request to another host: (?:https?|ws):\/\/127\.0\.0\.1:/);
    await use(listener);
    await listener.close();
  },
});

export const browserOf = (page: Page): string => `Chromium ${page.context().browser()?.version()}`;

export async function agree(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run all" }).click();
  await page.getByRole("button", { name: "Run the notebook" }).click();
}

/** The page is as it was: nothing of a stranger's ran in it, and it computes. */
export async function expectWhole(page: Page): Promise<void> {
  expect(await page.evaluate(TRACES)).toEqual(NO_TRACES);
  expect(await polytab(page).run({ cells: ["fine"] })).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ name: "fine", status: "ready" })]) as never,
  );
  expect(await polytab(page).table("fine")).toEqual([{ n: expect.any(Number) }]);
}
