import { Trash2 } from "lucide-react";
import { useState } from "react";
import { type CatalogueEntry, SPLIT_NAMES, type TaskManifest } from "../../tasks";
import { useApp, useAppState } from "../pages/useApp";
import { Button } from "../parts/Button";
import { formatBytes } from "../parts/format";
import { RemoveDialog } from "./RemoveDialog";
import { save } from "./save";
import "./import.css";

/** The catalogue's entry of a task that the reader brought; undefined for a task of the site. */
export function useKept(id: string): CatalogueEntry | undefined {
  const catalogue = useAppState((state) => state.catalogue);
  const entry = catalogue.status === "ready" ? catalogue.value.tasks.find((task) => task.id === id) : undefined;
  return entry?.kept ? entry : undefined;
}

/** Where a brought task is kept, its files, and the way to be rid of it. */
export function KeptTask({ manifest, entry }: { manifest: TaskManifest; entry: CatalogueEntry }) {
  const app = useApp();
  const [asking, setAsking] = useState(false);
  const { id, splits } = manifest;
  const download = (name: string): void =>
    void app.imports
      .file(id, name)
      .then((blob) => save(`${id}-${name}`, blob))
      .catch(app.report);
  const remove = (): void => {
    void app.imports
      .remove(id)
      .then(() => app.go({ page: "home" }))
      .catch(app.report);
  };
  return (
    <div className="kept">
      <p>
        {entry.kept === "browser"
          ? `Kept in this browser, ${formatBytes(entry.bytes)}. ${
              entry.origin ? `Copied from ${entry.origin}` : "Nothing of it was uploaded"
            }; it stays until you remove it.`
          : `In this tab only, ${formatBytes(entry.bytes)}: the browser refused to keep it. It is gone when the tab is closed.`}
      </p>
      <div className="kept-actions">
        {SPLIT_NAMES.map((split) => (
          <Button key={split} small look="plain" onClick={() => download(splits[split].parquet)}>
            {splits[split].parquet}
          </Button>
        ))}
        <Button small look="danger" icon={Trash2} onClick={() => setAsking(true)}>
          Remove
        </Button>
      </div>
      <RemoveDialog task={asking ? entry : undefined} onClose={() => setAsking(false)} onRemove={remove} />
    </div>
  );
}
