import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createApp, createAutomation } from "./app";

import { AppContext, applyTheme, Root, themeChoice } from "./ui";
import "./ui/style";
import "./ui/pages/pages.css";

const VERSION = "0.1.0";

applyTheme(themeChoice());
const app = createApp({ host: document.body, version: VERSION });
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
