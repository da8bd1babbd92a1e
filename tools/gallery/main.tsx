import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../../src/ui/style";
import { applyTheme } from "../../src/ui/parts/theme";
import { Board } from "./Board";
import { Notebook } from "./Notebook";
import { ScoreBoard } from "./ScoreBoard";
import { TaskBoard } from "./TaskBoard";

/** `?theme=dark` and `#board`, `#notebook`, `#task`, `#scores` choose what is shown; screenshots are made that way. */
const theme = new URLSearchParams(location.search).get("theme");
applyTheme(theme === "dark" || theme === "light" ? theme : "system");

const views = { "#notebook": Notebook, "#task": TaskBoard, "#board": Board, "#scores": ScoreBoard } as const;

function Gallery() {
  const View = Object.entries(views).find(([hash]) => location.hash.startsWith(hash))?.[1] ?? Notebook;
  return <View />;
}

addEventListener("hashchange", () => location.reload());
const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <Gallery />
    </StrictMode>,
  );
