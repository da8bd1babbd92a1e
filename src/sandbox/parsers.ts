import type { parse } from "acorn";
import type { analyze } from "periscopic";
import type { transform } from "sucrase";

/** What reads the code of TypeScript cells. */
interface Parsers {
  parse: typeof parse;
  transform: typeof transform;
  analyze: typeof analyze;
}

let loading: Promise<void> | undefined;
let loaded: Parsers | undefined;

/** Fetches the parsers, once: a page without a notebook is quicker without their 80 kB. */
export function loadParsers(): Promise<void> {
  loading ??= (async () => {
    const [{ parse }, { transform }, { analyze }] = await Promise.all([
      import("acorn"),
      import("sucrase"),
      import("periscopic"),
    ]);
    loaded = { parse, transform, analyze };
  })();
  loading.catch(() => {
    loading = undefined; // the next one who needs them tries again
  });
  return loading;
}

/** The parsers, at once. @throws Error where nobody has waited for {@link loadParsers}: whoever opens a notebook does */
export function parsers(): Parsers {
  if (!loaded) throw new Error("A notebook was opened before loadParsers()");
  return loaded;
}
