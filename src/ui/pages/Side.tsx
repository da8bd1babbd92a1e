import { BookOpen, FileText, Medal, Plus, Table2, Trash2, Trophy } from "lucide-react";
import { useState } from "react";
import { formatRoute, type Slot } from "../../app";
import { offlineLine } from "../offline/words";
import "../offline/offline.css";
import { IconButton } from "../parts/Button";
import { formatCount } from "../parts/format";
import { SideList } from "../shell/SideList";
import { RemoveNotebook } from "./RemoveNotebook";
import { useApp, useAppState } from "./useApp";

/** The left panel: tasks and this browser's notebooks. */
export function Side() {
  const app = useApp();
  const route = useAppState((state) => state.route);
  const catalogue = useAppState((state) => state.catalogue);
  const slots = useAppState((state) => state.slots);
  const runs = useAppState((state) => state.runs.length);
  const task = useAppState((state) => state.task?.id);
  const offline = useAppState((state) => state.offline);
  const tasks = catalogue.status === "ready" ? catalogue.value.tasks : [];
  const [removing, setRemoving] = useState<Slot>();
  const blank = `---\npolytab: 1\ntitle: Untitled\ntask: ${task ?? tasks[0]?.id ?? "emoji-aisle"}\n---\n\n# Untitled\n\n\`\`\`sql query\nselect *\nfrom train\nlimit 20\n\`\`\`\n`;
  return (
    <div className="side">
      <SideList
        links={[
          {
            key: "board",
            label: "Board",
            note: runs > 0 ? formatCount(runs) : undefined,
            icon: Trophy,
            href: formatRoute({ page: "board" }),
            current: route.page === "board",
          },
          {
            key: "challenge",
            label: "Challenge",
            icon: Medal,
            href: formatRoute({ page: "challenge" }),
            current: route.page === "challenge",
          },
          {
            key: "docs",
            label: "Documentation",
            icon: BookOpen,
            href: formatRoute({ page: "docs" }),
            current: route.page === "docs",
          },
        ]}
      />
      <SideList
        title="Tasks"
        links={tasks.map((entry) => ({
          key: entry.id,
          label: entry.id,
          note: formatCount(entry.rows.train + entry.rows.validation + entry.rows.test),
          icon: Table2,
          href: formatRoute({ page: "task", id: entry.id }),
          current: route.page === "task" && route.id === entry.id,
        }))}
        empty={catalogue.status === "loading" ? "Loading…" : "No tasks"}
      />
      <SideList
        title="Notebooks"
        action={
          <IconButton
            look="quiet"
            small
            icon={Plus}
            label="New notebook"
            onClick={() => void app.notebooks.openText(blank)}
          />
        }
        links={slots.map((slot) => ({
          key: slot.id,
          label: slot.title,
          under: slot.task,
          icon: FileText,
          href: formatRoute({ page: "notebook", slot: slot.id }),
          current: route.page === "notebook" && route.slot === slot.id,
          menu: [{ label: "Delete…", icon: Trash2, danger: true, onSelect: () => setRemoving(slot) }],
        }))}
        empty="Open a task and start from its notebook."
      />
      <p className="side-foot tabular">{offlineLine(offline)}</p>
      <p className="side-foot">
        <a href={formatRoute({ page: "diagnostics" })}>Diagnostics</a>
      </p>
      {removing && <RemoveNotebook slot={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  );
}
