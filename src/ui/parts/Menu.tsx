import type { LucideIcon } from "lucide-react";
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import "./floating.css";

/** One line of a menu. */
export type MenuEntry =
  | {
      kind?: "item";
      label: string;
      note?: string;
      icon?: LucideIcon;
      keys?: string;
      danger?: boolean;
      disabled?: boolean;
      /** Present (true or false) for a choice: the chosen one has a tick. */
      chosen?: boolean;
      onSelect: () => void;
    }
  | { kind: "label"; label: string }
  | { kind: "line" };

/** A menu on a button: `children` is the one button that opens it. */
export function Menu({
  entries,
  align = "end",
  children,
}: {
  entries: MenuEntry[];
  align?: "start" | "center" | "end";
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={5} collisionPadding={8} loop>
          {entries.map((entry, index) => (
            <Line key={nameOf(entry, entries[index - 1])} entry={entry} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** A line's identity among its menu's: its label, or the entry that it follows. */
function nameOf(entry: MenuEntry, previous: MenuEntry | undefined): string {
  return entry.kind === "line" ? `line after ${previous ? nameOf(previous, undefined) : "nothing"}` : entry.label;
}

function Line({ entry }: { entry: MenuEntry }) {
  if (entry.kind === "line") return <DropdownMenu.Separator className="menu-line" />;
  if (entry.kind === "label") return <DropdownMenu.Label className="menu-label">{entry.label}</DropdownMenu.Label>;
  const { label, note, icon: Icon, keys, chosen } = entry;
  const words = (
    <>
      {chosen === true ? <Check aria-hidden size={15} /> : Icon && <Icon aria-hidden size={15} />}
      {chosen === false && !Icon && <span style={{ width: 15 }} />}
      <span className="menu-words">
        {label}
        {note && <small>{note}</small>}
      </span>
      {keys && <kbd>{keys}</kbd>}
    </>
  );
  const shared = { className: "menu-item", disabled: entry.disabled, onSelect: entry.onSelect };
  if (chosen !== undefined) {
    return (
      <DropdownMenu.CheckboxItem {...shared} checked={chosen}>
        {words}
      </DropdownMenu.CheckboxItem>
    );
  }
  return (
    <DropdownMenu.Item {...shared} data-danger={entry.danger || undefined}>
      {words}
    </DropdownMenu.Item>
  );
}
