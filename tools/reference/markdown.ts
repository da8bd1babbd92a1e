import type { Declared } from "./declared";

/** A reference as Markdown: functions and objects first, types after them. `depth` is that of its headings. */
export function referenceOf(all: readonly Declared[], depth: number): string {
  const part = (title: string, entries: readonly Declared[]): string[] =>
    entries.length === 0 ? [] : [`${"#".repeat(depth)} ${title}`, ...entries.map((entry) => entryOf(entry, depth + 1))];
  const objects = all.filter(({ kind }) => kind === "object");
  return [
    ...objects.flatMap((object) => [
      `${"#".repeat(depth)} ${object.name}`,
      object.doc,
      ...object.members.map((member) => entryOf(member, depth + 1)),
    ]),
    ...part(
      objects.length > 0 ? "More functions" : "Functions",
      all.filter(({ kind }) => kind === "function"),
    ),
    ...part(
      "Types",
      all.filter(({ kind }) => kind === "type"),
    ),
  ].join("\n\n");
}

/** A function or a type under a heading of its own. */
export function entryOf({ name, kind, signature, doc, throws, examples }: Declared, depth: number): string {
  const code = (text: string): string => `\`\`\`ts\n${text}\n\`\`\``;
  return [
    `${"#".repeat(depth)} \`${name}\``,
    code(kind === "type" ? signature : signature.replace(/;$/, "")),
    doc,
    ...throws.map((text) => `Throws ${text}.`),
    ...(examples.length > 0 ? [code(examples.join("\n"))] : []),
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** The text with what stands between the marks of `name` replaced by `made`; the prose around it is somebody's own. */
export function withMade(text: string, name: string, made: string): string {
  const [open, close] = [`<!-- made: ${name} -->`, `<!-- end: ${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new Error(`no ${open} … ${close}`);
  return `${text.slice(0, start + open.length)}\n\n${made}\n\n${text.slice(end)}`;
}
