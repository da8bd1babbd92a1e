import { Command } from "cmdk";
import type { LucideIcon } from "lucide-react";
import "./palette.css";

export interface PaletteCommand {
  id: string;
  label: string;
  note?: string;
  icon?: LucideIcon;
  keys?: string;
  /** Words that find it beside its label. */
  words?: string[];
  onSelect: () => void;
}

export interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  groups: { title: string; commands: PaletteCommand[] }[];
}

/** Every command, found by typing. */
export function Palette({ open, onOpenChange, groups }: PaletteProps) {
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Commands"
      loop
      overlayClassName="scrim"
      contentClassName="dialog palette"
    >
      <Command.Input className="palette-input" placeholder="What to do?" />
      <Command.List className="palette-list">
        <Command.Empty className="palette-empty">Nothing is called that.</Command.Empty>
        {groups
          .filter((group) => group.commands.length > 0)
          .map((group) => (
            <Command.Group key={group.title} heading={group.title} className="palette-group">
              {group.commands.map(({ id, label, note, icon: Icon, keys, words, onSelect }) => (
                <Command.Item
                  key={id}
                  value={id}
                  keywords={[label, ...(note ? [note] : []), ...(words ?? [])]}
                  className="menu-item"
                  onSelect={() => {
                    onOpenChange(false);
                    onSelect();
                  }}
                >
                  {Icon && <Icon aria-hidden size={15} />}
                  <span className="menu-words">{label}</span>
                  {note && <span className="palette-note">{note}</span>}
                  {keys && <kbd>{keys}</kbd>}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
      </Command.List>
    </Command.Dialog>
  );
}
