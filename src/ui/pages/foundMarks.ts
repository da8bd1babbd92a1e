import type { Match } from "../../notebook";

const ALL = "found";
const HERE = "found-here";

/** Marks matches in the highlighted sources on the page, where the browser can mark text without touching it. */
export function markFound(found: readonly Match[], here: Match | undefined): void {
  if (!("highlights" in CSS)) return;
  const byCell = new Map<string, Match[]>();
  for (const match of found) byCell.set(match.cell, [...(byCell.get(match.cell) ?? []), match]);
  const ranges: Range[] = [];
  let current: Range | undefined;
  for (const [cell, matches] of byCell) {
    const code = document.querySelector(`[data-cell="${CSS.escape(cell)}"] .cell-source .code code`);
    if (!code) continue;
    for (const match of matches) {
      const range = rangeOf(code, match.start, match.end);
      if (!range) continue;
      ranges.push(range);
      if (match === here) current = range;
    }
  }
  CSS.highlights.set(ALL, new Highlight(...ranges));
  if (current) CSS.highlights.set(HERE, new Highlight(current));
  else CSS.highlights.delete(HERE);
}

export function clearFound(): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete(ALL);
  CSS.highlights.delete(HERE);
}

/** The text from one offset to another below an element. */
function rangeOf(element: Element, start: number, end: number): Range | undefined {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let open = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node.textContent ?? "";
    if (!open && start < passed + length) {
      range.setStart(node, start - passed);
      open = true;
    }
    if (open && end <= passed + length) {
      range.setEnd(node, end - passed);
      return range;
    }
    passed += length;
  }
  return undefined;
}
