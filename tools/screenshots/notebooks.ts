import { join } from "node:path";
import type { Page } from "@playwright/test";
import { polytab } from "../../e2e/polytab";
import { root } from "../command";
import type { Look } from "./look";

export const cell = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(` cell ${name}$`) });

export const sample = (task: string, file: string) => join(root, "public/samples", task, file);

export const notebook = (task: string, title: string, ...cells: string[]) =>
  `---\npolytab: 1\ntitle: ${title}\ntask: ${task}\n---\n\n${cells.join("\n\n")}\n`;

/** A fenced cell. */
export const code = (info: string, ...lines: string[]) => `\`\`\`${info}\n${lines.join("\n")}\n\`\`\``;

/** Opens a notebook and runs it; a cell that fails is part of what is looked at, and said. */
export async function ran(look: Look, text: string): Promise<void> {
  const app = polytab(look.page);
  await app.openNotebook(text);
  for (const { name, fault } of await app.run()) if (fault) look.remarks.push(`${name} failed: ${fault.message}`);
}

export async function palette({ page }: Look, command: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("option", { name: command }).first().click();
}

export async function share(look: Look, item: string | undefined): Promise<void> {
  const { page } = look;
  await page.getByRole("button", { name: look.isPhone ? "More" : "Share", exact: true }).click();
  if (item) await page.getByRole("menuitem", { name: item }).click();
}
