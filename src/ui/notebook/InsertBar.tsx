import { Plus } from "lucide-react";
import type { CellKind } from "../../notebook";
import { Button } from "../parts/Button";
import { Menu } from "../parts/Menu";
import { COARSE, useMedia } from "../parts/useMedia";
import "./cell.css";
import { KINDS } from "./kinds";

export interface InsertBarProps {
  onInsert: (kind: CellKind) => void;
  /** In sight without pointer or focus: after the last cell, or in an empty notebook. */
  always?: boolean;
}

const ORDER = Object.keys(KINDS) as CellKind[];

/** Between two cells: opens under the pointer and for the keyboard; for fingers it is one small button with a menu. */
export function InsertBar({ onInsert, always = false }: InsertBarProps) {
  const coarse = useMedia(COARSE);
  if (coarse && !always) {
    const entries = ORDER.map((kind) => ({
      label: KINDS[kind].label,
      note: KINDS[kind].about,
      icon: KINDS[kind].icon,
      onSelect: () => onInsert(kind),
    }));
    return (
      <div className="insert">
        <Menu entries={entries} align="center">
          <Button small look="quiet" className="button-icon insert-touch" icon={Plus} aria-label="Insert a cell here" />
        </Menu>
      </div>
    );
  }
  return (
    <div className="insert" data-always={always || undefined}>
      <div className="insert-kinds" role="toolbar" aria-label="Insert a cell here">
        {ORDER.map((kind) => (
          <Button
            key={kind}
            small
            look="quiet"
            icon={KINDS[kind].icon}
            title={KINDS[kind].about}
            onClick={() => onInsert(kind)}
          >
            {KINDS[kind].label}
          </Button>
        ))}
      </div>
    </div>
  );
}
