import {
  BookOpen,
  FileText,
  FlaskConical,
  FolderInput,
  House,
  Layers,
  Medal,
  Moon,
  PanelLeft,
  Plus,
  Share2,
  Stethoscope,
  Sun,
  Table2,
  Trophy,
} from "lucide-react";
import { useEffect } from "react";
import { CODE_KINDS } from "../../notebook";
import { shownKeys } from "../notebook/chords";
import { KINDS } from "../notebook/kinds";
import { applyTheme } from "../parts/theme";
import { Palette, type PaletteCommand } from "../shell/Palette";
import type { usePanels } from "../shell/usePanels";
import { ACTIONS } from "./actions";
import { useApp, useAppState } from "./useApp";

export interface CommandsProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  panels: ReturnType<typeof usePanels>;
  onShare: () => void;
}

/** Every action of the page, found by typing; Mod+K opens it from anywhere. */
export function Commands({ open, onOpenChange, panels, onShare }: CommandsProps) {
  const app = useApp();
  const session = useAppState((state) => state.session);
  const catalogue = useAppState((state) => state.catalogue);
  const slots = useAppState((state) => state.slots);
  const cell = useAppState((state) => state.view.cell);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      onOpenChange(!open);
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [open, onOpenChange]);

  const notebook: PaletteCommand[] = session
    ? [
        {
          id: "across",
          label: "Run on every task of this track",
          icon: Layers,
          onSelect: () => void app.across.start().catch(app.report),
        },
        { id: "share", label: "Share", icon: Share2, words: ["link"], onSelect: onShare },
        ...ACTIONS.filter(({ ofCell, id }) => id !== "leave" && (!ofCell || cell !== undefined)).map((action) => ({
          id: `do ${action.id}`,
          label: action.label,
          icon: action.icon,
          keys: action.keys[0] ? shownKeys(action.keys[0]) : action.inEditor && shownKeys(action.inEditor),
          onSelect: () => action.run(app),
        })),
        ...([...CODE_KINDS, "prose"] as const).map((kind) => ({
          id: `add ${kind}`,
          label: `Add a ${KINDS[kind].label} cell at the end`,
          icon: Plus,
          words: ["insert", "new"],
          onSelect: () => void app.notebooks.insert(session.history.present.cells.length, kind),
        })),
      ]
    : [];
  const page: PaletteCommand[] = [
    { id: "board", label: "Board", icon: Trophy, words: ["runs", "scores"], onSelect: () => app.go({ page: "board" }) },
    {
      id: "challenge",
      label: "Challenge",
      icon: Medal,
      words: ["teams", "medals", "predictions", "organiser"],
      onSelect: () => app.go({ page: "challenge" }),
    },
    {
      id: "docs",
      label: "Documentation",
      icon: BookOpen,
      words: ["help", "tutorial", "reference", "manual"],
      onSelect: () => app.go({ page: "docs" }),
    },
    { id: "home", label: "Start page", icon: House, onSelect: () => app.go({ page: "home" }) },
    {
      id: "import",
      label: "Bring your own data",
      icon: FolderInput,
      words: ["import", "upload", "csv", "parquet"],
      onSelect: () => app.go({ page: "import" }),
    },
    {
      id: "diagnostics",
      label: "Diagnostics and self-test",
      icon: Stethoscope,
      words: ["bug", "report", "version", "memory", "requests"],
      onSelect: () => app.go({ page: "diagnostics" }),
    },
    {
      id: "left",
      label: "Show or hide tasks and notebooks",
      icon: PanelLeft,
      onSelect: () => panels.setLeft(!panels.leftOpen),
    },
    { id: "light", label: "Light theme", icon: Sun, onSelect: () => applyTheme("light") },
    { id: "dark", label: "Dark theme", icon: Moon, onSelect: () => applyTheme("dark") },
  ];
  const tasks: PaletteCommand[] = (catalogue.status === "ready" ? catalogue.value.tasks : []).flatMap((task) => [
    {
      id: `task ${task.id}`,
      label: task.title,
      note: task.id,
      icon: Table2,
      onSelect: () => app.go({ page: "task", id: task.id }),
    },
    {
      id: `starter ${task.id}`,
      label: `Starter notebook of ${task.id}`,
      icon: FlaskConical,
      onSelect: () => void app.notebooks.openStarter(task.id).catch(app.report),
    },
  ]);
  const notebooks: PaletteCommand[] = slots.map((slot) => ({
    id: `notebook ${slot.id}`,
    label: slot.title,
    note: slot.task,
    icon: FileText,
    onSelect: () => app.go({ page: "notebook", slot: slot.id }),
  }));
  return (
    <Palette
      open={open}
      onOpenChange={onOpenChange}
      groups={[
        { title: "Notebook", commands: notebook },
        { title: "Page", commands: page },
        { title: "Tasks", commands: tasks },
        { title: "Notebooks", commands: notebooks },
      ]}
    />
  );
}
