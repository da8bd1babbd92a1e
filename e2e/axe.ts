import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const script = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(at: string): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
}

/** What axe finds within `at`, a line each, the serious and critical unless `every` finding is wanted. */
export async function axeFindings(page: Page, at = "html", { every = false } = {}): Promise<string[]> {
  await page.evaluate(script); // by the debugger, which no CSP holds back
  const violations = await page.evaluate(
    async (where) => (await (window as unknown as { axe: Axe }).axe.run(where)).violations,
    at,
  );
  return violations
    .filter(({ impact }) => every || impact === "serious" || impact === "critical")
    .map(({ id, impact, nodes }) => `${impact} ${id} (${nodes.length}): ${nodes[0].html.slice(0, 200)}`);
}

/** What axe finds serious or critical in the page, in light and in dark. */
export async function axeInBothSchemes(page: Page, what: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Colours on their way from one scheme to the other are nobody's.
    await page.evaluate(async () => {
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    });
    const lines = await axeFindings(page);
    found.push(...lines.map((line) => `${what}, ${colorScheme}: ${line}`));
  }
  return found;
}
