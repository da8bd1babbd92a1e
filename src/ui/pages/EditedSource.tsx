import { faultInSettings } from "../../app";
import type { FaultData } from "../../base";
import type { CodeCell } from "../../notebook";
import { CellEditor } from "./CellEditor";
import { SettingsForm } from "./SettingsForm";
import { useApp, useAppState, useSession } from "./useApp";

/** A cell's text while it is edited. Settings are checked as they are typed, and have a form beside their text. */
export function EditedSource({ cell, fault }: { cell: CodeCell; fault: FaultData | undefined }) {
  return cell.kind === "sql" || cell.kind === "ts" ? (
    <CellEditor cell={cell} fault={fault} />
  ) : (
    <EditedSettings cell={cell} fault={fault} />
  );
}

function EditedSettings({ cell, fault }: { cell: CodeCell; fault: FaultData | undefined }) {
  const app = useApp();
  const session = useSession();
  const task = useAppState((state) => state.task);
  const derived = app.notebooks.derived();
  const typed = derived && session && faultInSettings(cell, derived, session, task);
  return (
    <>
      <SettingsForm cell={cell} fault={typed} />
      <CellEditor cell={cell} fault={typed ?? fault} />
    </>
  );
}
