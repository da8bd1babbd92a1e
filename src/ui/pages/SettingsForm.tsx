import { useMemo } from "react";
import type { FaultData } from "../../base";
import { type CodeCell, codeCells, editConfig, looseConfig } from "../../notebook";
import { ConfigForm } from "../notebook/ConfigForm";
import { formFields } from "./formFields";
import { useApp, useAppState, useSession } from "./useApp";

/** A configuration cell's settings as a form; the YAML beside it stays in step, for each writes the same text. */
export function SettingsForm({ cell, fault }: { cell: CodeCell; fault: FaultData | undefined }) {
  const app = useApp();
  const notebook = useAppState((state) => state.session?.history.present);
  const manifest = useAppState((state) => state.task?.manifest);
  const states = useSession()?.states;
  const value = useMemo(() => looseConfig(cell.source), [cell.source]);
  if (!notebook) return null;
  const others = codeCells(notebook).filter((other) => other.id !== cell.id);
  const fields = formFields(cell.kind, value, {
    others,
    states: states ?? new Map(),
    manifest: manifest?.status === "ready" ? manifest.value : undefined,
  });
  return (
    <ConfigForm
      fields={fields}
      value={value}
      faults={fault && { [keyAt(cell.source, fault)]: fault }}
      onChange={(key, next) => app.notebooks.setSource(cell.id, editConfig(cell.source, key, next))}
    />
  );
}

/** The setting that a fault stands at; empty where it is about the whole. */
function keyAt(source: string, { where }: FaultData): string {
  const line = source.split("\n")[(where?.line ?? 0) - 1];
  return /^([A-Za-z_]\w*)\s*:/.exec(line ?? "")?.[1] ?? "";
}
