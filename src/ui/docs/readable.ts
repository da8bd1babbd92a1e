import { DOCUMENTS } from "./documents";

/**
 * A document of the repository for reading in the page: without front matter, its links to other documents leading to their
 * pages, and its links to files that the page does not serve as plain words.
 */
export function readable(markdown: string): string {
  const body = markdown.replace(/^---\n[\s\S]*?\n---\n/, "");
  return body.replace(/(!?)\[([^\]]+)\]\(([^)\s]+)\)/g, (link, picture: string, words: string, target: string) => {
    if (picture) return "";
    const name = /^([a-z-]+)\.md$/.exec(target)?.[1];
    if (name !== undefined && listed.has(name)) return `[${words}](#/docs/${name})`;
    return /^([a-z]+:|#|samples\/)/.test(target) ? link : words;
  });
}

const listed = new Set(DOCUMENTS.flatMap(({ documents }) => documents.map(({ name }) => name)));

/** The headings of the second level, in order, outside of fences. */
export function partsOf(markdown: string): string[] {
  const found: string[] = [];
  let fence = "";
  for (const line of markdown.split("\n")) {
    const marks = /^(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (fence) {
      if (marks.startsWith(fence)) fence = "";
    } else if (marks) fence = marks;
    else if (line.startsWith("## ")) found.push(line.slice(3).replaceAll("`", "").trim());
  }
  return found;
}
