import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createApp, createAutomation, readRoute } from "./app";
import { AppContext, applyTheme, fetchPage, Root, themeChoice } from "./ui";
import "./ui/style";
import "./ui/pages/pages.css";

const VERSION = "0.1.0";

fetchPage(readRoute(location.hash));
applyTheme(themeChoice());
const build = document.querySelector<HTMLMetaElement>('meta[name="polytab-build"]')?.content ?? "";
const app = createApp({
  host: document.body,
  version: VERSION,
  serviceWorker: import.meta.env.PROD ? { script: "./sw.js", build } : undefined,
});
Object.defineProperty(window, "polytab", {
  value: createAutomation(app, VERSION),
  enumerable: true,
  configurable: true,
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <AppContext.Provider value={app}>
      <Root />
    </AppContext.Provider>
  </StrictMode>,
);

/** The page comes first: what it needs to be kept is fetched when nothing else is. */
const KEEP_AFTER_MS = 3_000;
void app.ready.then(() => setTimeout(() => void app.offline.start(), KEEP_AFTER_MS));
