import type { Page } from "@playwright/test";

/** Whether the page runs a script that is written into it, and a text as code. A policy lets it do neither. */
export function scriptsThatRun(page: Page): Promise<{ inline: boolean; evaluated: boolean }> {
  return page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.head.append(script);
    // What the debugger evaluates may eval; a later task of the page may not.
    await new Promise((done) => setTimeout(done, 0));
    let evaluated = true;
    try {
      new Function("return 1")();
    } catch {
      evaluated = false;
    }
    return { inline: "inlineRan" in window, evaluated };
  });
}
