import { CODE, PROSE, tryAll } from "./attempts";
import type { Listener } from "./listener";
import { armed, proseUrl, wordsOf } from "./notebook";

/**
 * The same attempts on a page of the attacker's own, where nothing holds them: what is heard here and not from the app was
 * held by the app. For the journeys of either browser.
 */
export interface Tried {
  name: string;
  outcome: string;
}

export const BARE_PAGE = "<!doctype html><title>control</title>";

/** A module that tries all code and calls `done` of the page with what became of it. */
export function codeControl({ url }: Listener): string {
  return `const scope = globalThis, home = "${url}home.js"; document.body ??= document.createElement("body"); window.done(${tryAll(CODE, url)})`;
}

/** Runs in the page. */
export function runModule(code: string): Promise<Tried[]> {
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = code;
  return new Promise((resolve) => {
    Object.assign(window, { done: resolve });
    document.head.append(script);
  });
}

/** The attempts by code that neither worked nor were heard. */
export function silentCode(tried: readonly Tried[], { heard }: Listener): string[] {
  return tried
    .filter(({ outcome }, index) => outcome !== "IT WORKED" && !heard.some((path) => path.includes(`try-${index}.js`)))
    .map(({ name }) => name);
}

/** A page with every text as the browser's own HTML. */
export function textsControl({ url }: Listener): string {
  return `<!doctype html><body>${Object.entries(PROSE)
    .map(([name, { markdown, html }], index) => armed(html ?? markdown, name, proseUrl(url, index)))
    .join("\n")}`;
}

/** Runs in the page: follows its links, as a reader would, and tells whose scripts ran. */
export function followLinks(): string[] {
  for (const link of document.querySelectorAll("a")) link.click();
  return Reflect.get(window, "pwned") ?? [];
}

/** The texts that neither ran nor were heard. */
export function silentTexts(pwned: readonly string[], { heard }: Listener): string[] {
  return Object.keys(PROSE).filter(
    (name, index) => !pwned.includes(wordsOf(name)) && !heard.includes(`/prose-${index}`),
  );
}
