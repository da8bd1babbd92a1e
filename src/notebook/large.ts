import { Fault } from "../base";
import { parseNotebook } from "./text";

/** What notebooks from elsewhere could always have. */
const MOST_CELLS = 2_000;
const LONGEST_TEXT = 1_000_000;

/** @throws Fault `notebook-large` where a text that comes from elsewhere is more than the page can show */
export function refuseLarge(markdown: string): void {
  const count = (number: number): string => number.toLocaleString("en");
  const refuse = (much: string, most: number): never => {
    throw new Fault("notebook-large", `This notebook has ${much}; the most is ${count(most)}`, {
      hint: "Ask its author for it in parts. Data belongs in the task's files.",
    });
  };
  if (markdown.length > LONGEST_TEXT) refuse(`${count(markdown.length)} characters`, LONGEST_TEXT);
  const { length } = parseNotebook(markdown).cells;
  if (length > MOST_CELLS) refuse(`${count(length)} cells`, MOST_CELLS);
}
