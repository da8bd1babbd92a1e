import { basename } from "node:path";
import type { Browser, Page, PlaywrightTestOptions, PlaywrightWorkerOptions } from "@playwright/test";

/**
 * Playwright speaks WebDriver BiDi with a Firefox that it did not build, and asks it for media features by a command that
 * Firefox 153 has not got, for every new context. What the command would do is done by preferences of the browser: they
 * hold for all of its pages, which is right as long as one test runs at a time.
 */

/** The variable with the path of the Firefox that the journeys run in; without it they run in Chromium. */
export const FIREFOX = "POLYTAB_E2E_FIREFOX";

/** What the configuration says of the browser. */
export const inFirefox = (path: string): Partial<PlaywrightWorkerOptions & PlaywrightTestOptions> => ({
  browserName: "firefox",
  channel: "moz-firefox",
  launchOptions: {
    executablePath: path,
    // Preferences of a running browser are set from its own pages.
    args: ["-remote-allow-system-access"],
    firefoxUserPrefs: {
      "ui.prefersReducedMotion": 1,
      // No host but this machine has a name here.
      "network.dns.disabled": true,
    },
  },
});

/** What is used of Playwright's own side of a browser and a page. */
interface Session {
  send(method: string, params: object): Promise<unknown>;
  dispatchMessage(message: Message): void;
}
interface Message {
  method?: string;
  params?: { url?: string; download?: string; filepath?: string };
}
type Inner = Record<"_browserSession", Session> & {
  downloadCreated(page: unknown, id: string, url: string, suggested: string, file: string): void;
};
interface Keyboard {
  _page: {
    _page: {
      mainFrame(): { mainContext(): Promise<{ evaluate(run: (text: string) => void, text: string): Promise<void> }> };
    };
  };
  sendText(progress: unknown, text: string): Promise<void>;
}

/** Makes a Firefox that Playwright has launched one in which contexts open, and texts and media are as they are elsewhere. */
export function teach(browser: Browser): void {
  const inner = innerOf(browser, browser) as Inner;
  const session = inner._browserSession;
  const send = session.send;
  const set = async (lines: string[]): Promise<void> => {
    const tree = await send.call(session, "browsingContext.getTree", { "moz:scope": "chrome" });
    const target = { context: (tree as { contexts: { context: string }[] }).contexts[0].context };
    await send.call(session, "script.evaluate", { expression: lines.join(";"), target, awaitPromise: false });
  };
  const sessions: Session = Object.getPrototypeOf(session);
  sessions.send = function (method, params) {
    // Asked for with every new context: what the last test emulated is over.
    if (method === "emulation.setMediaFeaturesOverride") return set(preferences({ colorScheme: "light" }));
    return send.call(this, method, params);
  };
  nameDownloads(inner);
  browser.on("context", (context) =>
    context.on("page", (page) => {
      page.emulateMedia = (media = {}) => set(preferences(media));
      const keyboards: Keyboard = Object.getPrototypeOf(Reflect.get(innerOf(browser, page), "delegate").rawKeyboard);
      keyboards.sendText = insertText;
    }),
  );
}

/**
 * This Firefox gives a download no name to know it by, and the second of two files with a name another one, which it tells
 * at the end. A download is its URL here, and told of when it has ended.
 */
function nameDownloads(browser: Inner): void {
  const sessions: Session = Object.getPrototypeOf(browser._browserSession);
  const dispatch = sessions.dispatchMessage;
  const begun = new Map<string, Message>();
  const files = new Map<string, string>();
  sessions.dispatchMessage = function (message) {
    const { method, params } = message;
    if (params?.url && method?.startsWith("browsingContext.download")) {
      params.download ??= params.url;
      if (method === "browsingContext.downloadWillBegin") return void begun.set(params.url, message);
      files.set(params.url, basename(params.filepath ?? ""));
      const begin = begun.get(params.url);
      if (begin) dispatch.call(this, begin);
    }
    dispatch.call(this, message);
  };
  const create = browser.downloadCreated;
  browser.downloadCreated = (page, id, url, suggested, file) =>
    create.call(browser, page, id, url, suggested, files.get(id) || file);
}

/** Playwright writes the value and tells of it, which React takes for its own doing. An edit is what a keyboard does. */
async function insertText(this: Keyboard, _progress: unknown, text: string): Promise<void> {
  const context = await this._page._page.mainFrame().mainContext();
  await context.evaluate((words) => void document.execCommand("insertText", false, words), text);
}

function innerOf(browser: Browser, what: Browser | Page): object {
  return Reflect.get(browser, "_connection").toImpl(what);
}

type Media = NonNullable<Parameters<Page["emulateMedia"]>[0]>;

function preferences({ colorScheme, forcedColors, reducedMotion, media, contrast }: Media): string[] {
  if (media || contrast || colorScheme === "no-preference" || reducedMotion === "no-preference")
    throw new Error("only the colour scheme and forced colours are emulated in Firefox");
  return [
    `Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", ${colorScheme === "dark" ? 0 : 1})`,
    `Services.prefs.setIntPref("browser.display.document_color_use", ${forcedColors === "active" ? 2 : 0})`,
  ];
}
