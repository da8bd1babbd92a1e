/** The format that this code writes. */
export const VERSION = 1;

/**
 * Numbered steps from one version's text to the next's: `steps[n]` turns version n into n + 1. None yet: version 1 is
 * the first. A step, once landed, is never edited, so that every version ever written still opens (N7).
 */
const steps: Record<number, (markdown: string) => string> = {};

export function migrate(markdown: string): string {
  const stated = /^---[ \t]*\r?\n(?:[^\n]*\n)*?polytab:[ \t]*(\d+)/.exec(markdown);
  let text = markdown;
  for (let version = stated ? Number(stated[1]) : VERSION; version < VERSION; version++)
    text = steps[version]?.(text) ?? text;
  return text;
}
