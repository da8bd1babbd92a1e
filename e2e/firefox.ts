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

/** What is used of Playwright's own side of a browser. */
interface Session {
  send(method: string, params: object): Promise<unknown>;
}
interface Tree {
  contexts: { context: string }[];
}

/** Makes a Firefox that Playwright has launched one in which contexts open and `emulateMedia` does what it says. */
export function teach(browser: Browser): void {
  const session = sessionOf(browser);
  const send = session.send;
  const prototype: Session = Object.getPrototypeOf(session);
  const set = async (lines: string[]): Promise<void> => {
    const { contexts } = (await send.call(session, "browsingContext.getTree", { "moz:scope": "chrome" })) as Tree;
    const target = { context: contexts[0].context };
    await send.call(session, "script.evaluate", { expression: lines.join(";"), target, awaitPromise: false });
  };
  prototype.send = function (method, params) {
    // Asked for with every new context: what the last test emulated is over.
    if (method === "emulation.setMediaFeaturesOverride") return set(preferences({ colorScheme: "light" }));
    return send.call(this, method, params);
  };
  browser.on("context", (context) =>
    context.on("page", (page) => {
      page.emulateMedia = (media = {}) => set(preferences(media));
    }),
  );
}

function sessionOf(browser: Browser): Session {
  const connection = Reflect.get(browser, "_connection");
  return Reflect.get(connection.toImpl(browser), "_browserSession");
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
