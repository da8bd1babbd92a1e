import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";

export const SIZES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
export type Size = keyof typeof SIZES;

/** The least width that the page is made for. */
const NARROW = 360;
/** What a finger hits without aiming. */
const FINGER = 40;

/** A page of the app on its walk: takes pictures and writes down what a picture does not show. */
export class Look {
  readonly remarks: string[] = [];
  constructor(
    readonly page: Page,
    readonly size: Size,
    private readonly folder: string,
    private readonly part: string,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  get isPhone(): boolean {
    return this.size === "phone";
  }

  /** Light, then dark; `at` is brought to the top first; `tall` makes the window as high as the page. */
  async shot(name: string, { at, tall = false, dark = true }: { at?: Locator; tall?: boolean; dark?: boolean } = {}) {
    const { page, size } = this;
    if (tall) await page.setViewportSize({ ...SIZES[size], height: await heightOf(page) });
    if (at) await at.evaluate((node) => node.scrollIntoView({ block: "start" }));
    await page.evaluate(async () => void (await document.fonts.ready));
    await page.waitForTimeout(250);
    for (const colorScheme of dark ? (["light", "dark"] as const) : (["light"] as const)) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.waitForTimeout(80);
      const path = join(this.folder, `${this.part}-${name}.${size}.${colorScheme}.png`);
      await page.screenshot({ path, animations: "disabled", scale: "css" });
    }
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    if (this.isPhone) await this.judge(name);
    if (tall || this.isPhone) await page.setViewportSize(SIZES[size]);
  }

  /** Sideways scroll at the least width, and targets too small for a finger. */
  private async judge(name: string): Promise<void> {
    const { page } = this;
    const small = await page.evaluate(smallTargets, FINGER);
    for (const each of small) this.remarks.push(`${this.part}-${name}: small ${each}`);
    await page.setViewportSize({ width: NARROW, height: SIZES.phone.height });
    await page.waitForTimeout(120);
    for (const each of await page.evaluate(wide)) this.remarks.push(`${this.part}-${name}: wide ${each}`);
  }
}

/** The height that shows all of the page's middle column, within reason. */
function heightOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const boxes = [...document.querySelectorAll<HTMLElement>(".shell-content, .dialog, .dialog-body")];
    const most = Math.max(...boxes.map((box) => box.scrollHeight));
    return Math.min(Math.max(most + 60, 844), 3600);
  });
}

/** Runs in the page, and so is whole in itself. */
function smallTargets(finger: number): string[] {
  const found = new Map<string, number>();
  const selector = "button, a[href], select, input, summary, [role='menuitem'], [role='option'], [role='tab']";
  for (const each of document.querySelectorAll<HTMLElement>(selector)) {
    const { width, height, top, bottom } = each.getBoundingClientRect();
    if (width < 2 || height < 2 || bottom < 0 || top > innerHeight) continue;
    if (each.closest("[aria-hidden='true'], .unseen, .prose, .monaco-editor")) continue;
    if (each.matches("input[type='checkbox'], input[type='radio']") && each.closest("label")) continue;
    if (height >= finger - 0.5) continue;
    const label = `${each.tagName.toLowerCase()}.${[...each.classList].join(".")} ${Math.round(width)}x${Math.round(height)} "${(each.getAttribute("aria-label") ?? each.textContent ?? "").trim().slice(0, 40)}"`;
    found.set(label, (found.get(label) ?? 0) + 1);
  }
  return [...found.keys()];
}

/** Runs in the page, and so is whole in itself. */
function wide(): string[] {
  const found: string[] = [];
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth) found.push(`page ${page.scrollWidth} > ${innerWidth}`);
  for (const box of document.querySelectorAll<HTMLElement>(".shell-content, .dialog, .dialog-body, .shell-side")) {
    const limit = box.getBoundingClientRect().right;
    if (box.scrollWidth > box.clientWidth + 1)
      found.push(`${box.className} scrolls ${box.scrollWidth} > ${box.clientWidth}`);
    for (const each of box.querySelectorAll<HTMLElement>("*")) {
      const { right, width } = each.getBoundingClientRect();
      if (width < 2 || right <= limit + 1 || each.closest(".unseen")) continue;
      let up = each.parentElement;
      let held = false;
      while (up && up !== box) {
        const { overflowX } = getComputedStyle(up);
        if (overflowX !== "visible") held = true;
        up = up.parentElement;
      }
      if (!held) {
        found.push(
          `${each.tagName.toLowerCase()}.${each.getAttribute("class")} sticks out by ${Math.round(right - limit)}`,
        );
        break;
      }
    }
  }
  return found;
}
