import { parse as parseYaml } from "yaml";
import { type FaultData, readAs, z } from "../base";
import { type Cell, CODE_KINDS, type CodeKind, type FrontMatter, type Notebook } from "./document";
import { isDeep } from "./limits";
import { migrate, VERSION } from "./migrations";

/** Markdown text to notebook. Never fails: what cannot be read is kept as prose, or is a cell or front matter with a fault. */
export function parseNotebook(markdown: string): Notebook {
  const text = migrate(markdown);
  const front = readFront(text);
  const cells: Cell[] = [];
  let nextId = 1;
  let gap = "";
  const flushGap = (): string => {
    // A gap of white space belongs to the block after it; anything else is prose of its own.
    if (gap.trim() === "") return takeGap();
    const { lead, source, tail } = trimmed(gap);
    cells.push({ id: `c${nextId++}`, kind: "prose", source, lead, tail });
    gap = "";
    return "";
  };
  const takeGap = (): string => {
    const taken = gap;
    gap = "";
    return taken;
  };

  const lines = splitLines(text.slice(front.raw.length));
  for (let i = 0; i < lines.length; i++) {
    const fence = readFence(lines[i]);
    if (!fence) {
      gap += lines[i];
      continue;
    }
    const end = findClose(lines, i + 1, fence);
    const kind = CODE_KINDS.find((known) => known === fence.kind);
    if (!kind) {
      // An unknown fence stays prose, whole, so that a known fence quoted inside it is not taken for a cell.
      gap += lines.slice(i, end + 1).join("");
      i = end;
      continue;
    }
    const lead = flushGap();
    const closed = end < lines.length;
    const body = lines.slice(i + 1, end).join("");
    const source = body.endsWith("\n") ? body.slice(0, -1) : body;
    const close = closed ? withoutNewline(lines[end]) : undefined;
    const tail = closed && lines[end].endsWith("\n") ? "\n" : "";
    cells.push({
      id: `c${nextId++}`,
      kind,
      name: fence.name,
      source,
      lead,
      tail,
      open: withoutNewline(lines[i]),
      close,
      hollow: body === "",
    });
    if (!closed) unclosedTail(cells, body, lines[i]);
    i = end;
  }
  const rest = flushGap();
  if (rest !== "") {
    const last = cells.at(-1);
    if (last) last.tail += rest;
    else cells.push({ id: `c${nextId++}`, kind: "prose", source: "", lead: rest, tail: "" });
  }
  return { front, cells, nextId };
}

/**
 * Notebook to Markdown text: the inverse of `parseNotebook`. A fence that an edit left open in front of other cells is
 * closed here, so that it cannot swallow them when the text is read again.
 */
export function formatNotebook(notebook: Notebook): string {
  const last = notebook.cells.length - 1;
  return notebook.front.raw + notebook.cells.map((cell, i) => formatCell(cell, i === last)).join("");
}

function formatCell(cell: Cell, last: boolean): string {
  if (cell.kind === "prose") {
    const close = last ? undefined : unclosedFence(cell.source);
    return cell.lead + cell.source + (close === undefined ? "" : `\n${close}`) + cell.tail;
  }
  const empty = cell.hollow && cell.source === "";
  if (cell.close === undefined && last) return `${cell.lead}${cell.open}${empty ? "" : "\n"}${cell.source}${cell.tail}`;
  const close = cell.close ?? marksOf(cell.open);
  return `${cell.lead}${cell.open}\n${empty ? "" : `${cell.source}\n`}${close}${cell.tail}`;
}

/** The marks that would close the last fence of a prose text, if it is open. */
function unclosedFence(source: string): string | undefined {
  const lines = splitLines(source);
  for (let i = 0; i < lines.length; i++) {
    const fence = readFence(lines[i]);
    if (!fence) continue;
    i = findClose(lines, i + 1, fence);
    if (i === lines.length) return fence.mark.repeat(fence.length);
  }
  return undefined;
}

function marksOf(open: string): string {
  return /`{3,}|~{3,}/.exec(open)?.[0] ?? "```";
}

/** An unclosed cell runs to the end of the text: whether that ends in a line break is its tail. */
function unclosedTail(cells: Cell[], body: string, openLine: string): void {
  const cell = cells.at(-1);
  if (!cell) return;
  cell.tail = body.endsWith("\n") || (body === "" && openLine.endsWith("\n")) ? "\n" : "";
}

/**
 * Blank lines at both ends apart. Counted by hand: as a regular expression the end took a time that doubled with every
 * `\n\r` of a text that somebody made for it.
 */
function trimmed(gap: string): { lead: string; source: string; tail: string } {
  let start = 0;
  for (let i = 0; i < gap.length && isSpace(gap[i]); i++) if (gap[i] === "\n") start = i + 1;
  let end = gap.length;
  for (let i = gap.length - 1; i >= start && isSpace(gap[i]); i--) {
    if (gap[i] !== "\n") continue;
    end = i;
    if (i > start && gap[i - 1] === "\r") end = i - 1;
  }
  return { lead: gap.slice(0, start), source: gap.slice(start, end), tail: gap.slice(end) };
}

function isSpace(letter: string): boolean {
  return letter === " " || letter === "\t" || letter === "\r" || letter === "\n";
}

interface Fence {
  mark: "`" | "~";
  length: number;
  kind: string;
  name: string;
}

/** A CommonMark opening fence with an info string `kind name`. */
function readFence(line: string): Fence | undefined {
  const match = /^ {0,3}(`{3,}|~{3,})[ \t]*(.*?)[ \t\r]*\n?$/.exec(line);
  if (!match) return undefined;
  const [, marks, info] = match;
  const mark = marks[0] as Fence["mark"];
  if (mark === "`" && info.includes("`")) return undefined;
  const [kind = "", ...rest] = info.split(/[ \t]+/);
  return { mark, length: marks.length, kind, name: rest.join(" ") };
}

function findClose(lines: string[], from: number, fence: Fence): number {
  const close = new RegExp(`^ {0,3}\\${fence.mark}{${fence.length},}[ \\t\\r]*\\n?$`);
  for (let i = from; i < lines.length; i++) if (close.test(lines[i])) return i;
  return lines.length;
}

/** Lines with their line break. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function withoutNewline(line: string): string {
  return line.endsWith("\n") ? line.slice(0, -1) : line;
}

const LONGEST_FRONT = 10_000;

const frontSchema = z.object({
  polytab: z.number().int().positive().default(VERSION),
  title: z.string().default("Untitled"),
  task: z.string().optional(),
  run: z.enum(["auto", "demand"]).default("demand"),
  held: z.array(z.string()).default([]),
  budget: z.number().positive().max(86_400).optional(),
});

/** The front matter of a text that has none, or none that can be read. */
const PLAIN = {
  version: VERSION,
  title: "Untitled",
  task: undefined,
  run: "demand",
  held: [],
  budget: undefined,
} as const;

/** The front matter that a text starts with, with what is wrong with it. */
export function readFront(text: string): FrontMatter {
  const match = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text);
  if (match?.index !== 0) return { raw: "", ...PLAIN };
  const raw = match[0];
  const damaged = (message: string): FrontMatter => {
    const fault: FaultData = {
      code: "front-matter",
      message: `The notebook's front matter cannot be read: ${message}`,
      hint: "It needs the lines `polytab: 1`, `title: …` and `task: …` between two `---`.",
    };
    return { raw, ...PLAIN, fault };
  };
  try {
    if (match[1].length > LONGEST_FRONT || isDeep(match[1])) return damaged("it is too long, or nests too deeply");
    const { polytab, ...rest } = readAs(
      frontSchema,
      parseYaml(match[1], { logLevel: "error" }) ?? {},
      "the front matter",
    );
    const front: FrontMatter = { raw, version: polytab, ...rest, task: rest.task, budget: rest.budget };
    if (polytab > VERSION) {
      front.fault = {
        code: "newer-notebook",
        message: `This notebook was written by a newer Polytab (format ${polytab}; this one knows up to ${VERSION})`,
        hint: "Reload the page to get the newest version. Cells that it does not know are shown as text.",
      };
    }
    return front;
  } catch (error) {
    return damaged(error instanceof Error ? error.message.split("\n")[0] : String(error));
  }
}

/** A new cell's fence lines; longer than any fence inside the source. */
export function fenceLines(kind: CodeKind, name: string, source: string): { open: string; close: string } {
  const longest = Math.max(2, ...(source.match(/^ {0,3}`{3,}/gm) ?? []).map((run) => run.trim().length));
  const marks = "`".repeat(longest + 1);
  return { open: `${marks}${kind}${name ? ` ${name}` : ""}`, close: marks };
}
