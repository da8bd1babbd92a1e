import { BookOpen, FileText, Grid3x3, Play, Square, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { ToastRegion } from "../../src/ui/parts/Toast";
import { applyTheme, themeChoice } from "../../src/ui/parts/theme";
import { Header } from "../../src/ui/shell/Header";
import { Palette } from "../../src/ui/shell/Palette";
import { Shell } from "../../src/ui/shell/Shell";
import { SideList } from "../../src/ui/shell/SideList";
import { usePanels } from "../../src/ui/shell/usePanels";
import { entries } from "./fixtures";

/** The shell with its panels filled, around one of the gallery's views. */
export function Frame({ children, right, toast }: { children: ReactNode; right?: ReactNode; toast?: boolean }) {
  const panels = usePanels();
  const [theme, setTheme] = useState(themeChoice);
  const [title, setTitle] = useState("First look at emoji");
  const [running, setRunning] = useState(false);
  const [palette, setPalette] = useState(location.search.includes("palette"));
  const [toasts, setToasts] = useState(toast ? ["1"] : []);
  return (
    <Shell
      {...panels}
      onLeftOpenChange={panels.setLeft}
      onRightOpenChange={panels.setRight}
      header={
        <Header
          task="emoji-aisle"
          taskEntries={entries.map((each) => ({
            label: each.id,
            note: each.title,
            chosen: each.id === "emoji-aisle",
            onSelect: () => {},
          }))}
          title={title}
          onTitle={setTitle}
          note="saved"
          running={running}
          runNote="3 of 9"
          onRunAll={() => setRunning(true)}
          onStop={() => setRunning(false)}
          shareEntries={[{ label: "Share a link…", onSelect: () => {} }]}
          onPalette={() => setPalette(true)}
          theme={theme}
          onTheme={(choice) => {
            applyTheme(choice);
            setTheme(choice);
          }}
          leftOpen={panels.leftOpen}
          rightOpen={panels.rightOpen}
          onToggleLeft={() => panels.setLeft(!panels.leftOpen)}
          onToggleRight={right ? () => panels.setRight(!panels.rightOpen) : undefined}
        />
      }
      left={
        <div className="side">
          <SideList
            title="Tasks"
            links={entries.map((each, index) => ({
              key: each.id,
              label: each.id,
              note: `${Math.round(each.rows.train / 1000)}k`,
              icon: Table2,
              href: "#task",
              current: index === 0,
            }))}
          />
          <SideList
            title="Notebooks"
            links={[
              { key: "a", label: "First look at emoji", icon: FileText, href: "#notebook" },
              { key: "b", label: "Pictures only, and a rather long title of it", icon: FileText, href: "#notebook" },
            ]}
          />
          <SideList
            links={[
              { key: "board", label: "Board", icon: Grid3x3, href: "#board" },
              { key: "docs", label: "Docs", icon: BookOpen, href: "#board" },
            ]}
          />
        </div>
      }
      right={right}
      overlay={
        <>
          <Palette
            open={palette}
            onOpenChange={setPalette}
            groups={[
              {
                title: "Notebook",
                commands: [
                  { id: "run", label: "Run all", icon: Play, keys: "Ctrl ⇧ Enter", onSelect: () => setRunning(true) },
                  { id: "stop", label: "Stop", icon: Square, onSelect: () => setRunning(false) },
                ],
              },
              {
                title: "Tasks",
                commands: entries.map((each) => ({
                  id: each.id,
                  label: each.title,
                  note: each.id,
                  icon: Table2,
                  onSelect: () => {},
                })),
              },
            ]}
          />
          <ToastRegion
            toasts={toasts.map((id) => ({
              id,
              tone: "good",
              message: "Link copied",
              more: "2.1 kB; it carries the notebook and your score, no data.",
              action: { label: "Undo", onSelect: () => {} },
            }))}
            onDismiss={(id) => setToasts(toasts.filter((each) => each !== id))}
          />
        </>
      }
    >
      {children}
    </Shell>
  );
}
