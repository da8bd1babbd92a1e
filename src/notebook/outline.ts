import { type CellKind, isCode, type Notebook } from "./document";

export interface OutlineEntry {
  /** The cell that it leads to. */
  id: string;
  kind: CellKind;
  /** Which heading of its cell it is, from 0. */
  part: number;
  /** A heading's text or a cell's name. */
  title: string;
  /** 1 to 6 for headings; a code cell is one deeper than the heading that it stands under, 1 before the first. */
  depth: number;
}

/** What of a line is looked at: more is no heading, and its patterns take their time. */
const LONGEST_HEADING = 300;

/** N17: headings of the prose, outside of its fences, and the cells under them, in order. */
export function outlineOf(notebook: Notebook): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  let depth = 0;
  for (const cell of notebook.cells) {
    if (isCode(cell)) {
      entries.push({
        id: cell.id,
        kind: cell.kind,
        part: 0,
        title: cell.name || `unnamed ${cell.kind}`,
        depth: depth + 1,
      });
      continue;
    }
    for (const [part, heading] of headingsOf(cell.source).entries()) {
      depth = heading.depth;
      entries.push({ id: cell.id, kind: cell.kind, part, ...heading });
    }
  }
  return entries;
}

function headingsOf(markdown: string): { title: string; depth: number }[] {
  const found: { title: string; depth: number }[] = [];
  let fence: string | undefined;
  for (const whole of markdown.split("\n")) {
    const line = whole.slice(0, LONGEST_HEADING);
    const marks = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (marks && marks[0] === fence[0] && marks.length >= fence.length && line.trim() === marks) fence = undefined;
      continue;
    }
    if (marks) {
      fence = marks;
      continue;
    }
    const heading = /^ {0,3}(#{1,6})[ \t]+(.+?)(?:[ \t]+#+)?[ \t\r]*$/.exec(line);
    if (heading) found.push({ depth: heading[1].length, title: plain(heading[2]) });
  }
  return found;
}

/** Without the marks of emphasis, code and links. */
function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(\*\*|__|\*|`)(.+?)\1/g, "$2")
    .trim();
}
