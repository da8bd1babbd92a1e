import type { TaskManifest } from "./manifest";

/** How to cite a task, in a line: its title and id, its licence, and who made the data under which one. */
export function citationOf({ title, id, attribution, source, licence }: TaskManifest): string {
  const sources = attribution.map((each) => `${each.name} (${[each.licence, each.url].filter(Boolean).join(", ")})`);
  const data = sources.length > 0 ? ` Data: ${sources.join("; ")}.` : "";
  return `${withStop(title)} Polytab task “${id}”, ${withStop(licence)}${data} ${source}`.trim();
}

/** The same as a BibTeX entry. Braces keep the title's capitals; what TeX would take for a command is escaped. */
export function bibtexOf({ title, id, attribution, source, licence }: TaskManifest): string {
  const authors = attribution.map(({ name }) => `{${escaped(name)}}`).join(" and ");
  const fields = [
    ["title", `{${escaped(title)}}`],
    ["author", authors || "{Polytab}"],
    ["howpublished", `Polytab task ${escaped(id)}`],
    ["note", escaped(`Licence: ${withStop(licence)} ${source}`.trim())],
  ];
  return `@misc{polytab-${id},\n${fields.map(([name, value]) => `  ${name} = {${value}}`).join(",\n")}\n}`;
}

function withStop(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function escaped(text: string): string {
  return text
    .replace(/\\/g, "\\textbackslash ")
    .replace(/[&%$#_{}]/g, "\\$&")
    .replace(/[~^]/g, "\\$&{}");
}
