import { ChevronDown, Command, Ellipsis, PanelLeft, PanelRight, Play, Share2, Square } from "lucide-react";
import type { ReactNode } from "react";
import { Button, IconButton } from "../parts/Button";
import { EditableText } from "../parts/EditableText";
import { Menu, type MenuEntry } from "../parts/Menu";
import { Tooltip } from "../parts/Tooltip";
import type { ThemeChoice } from "../parts/theme";
import { NARROW, useMedia } from "../parts/useMedia";
import { Mark } from "./Mark";
import { ThemeMenu, themeEntries } from "./ThemeMenu";
import "./header.css";

export interface HeaderProps {
  /** The open task's name; absent where a page has none (the gallery, the board). */
  task?: string;
  /** What the task menu lists. */
  taskEntries?: MenuEntry[];
  /** The open notebook's title; absent where a page has none. */
  title?: string;
  onTitle?: (title: string) => void;
  /** A few quiet words beside the title: `saved`, `from a link`. */
  note?: ReactNode;
  running?: boolean;
  /** While running: `3 of 9`. */
  runNote?: string;
  onRunAll?: () => void;
  onStop?: () => void;
  /** What the Share menu offers; absent where there is nothing to share. */
  shareEntries?: MenuEntry[];
  onPalette?: () => void;
  theme: ThemeChoice;
  onTheme: (theme: ThemeChoice) => void;
  leftOpen: boolean;
  rightOpen: boolean;
  onToggleLeft: () => void;
  /** Absent where the page has no right panel. */
  onToggleRight?: () => void;
}

const MOD = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "") ? "⌘" : "Ctrl ";

/** The bar at the top. At phone width it keeps to what one needs: panels, names, run or stop; the rest is in a menu. */
export function Header(props: HeaderProps) {
  const { onToggleLeft, onToggleRight, leftOpen, rightOpen, onPalette, shareEntries, theme, onTheme } = props;
  const narrow = useMedia(NARROW);
  const more: MenuEntry[] = [
    ...(shareEntries ? [...shareEntries, { kind: "line" as const }] : []),
    ...(onPalette ? [{ label: "Commands", icon: Command, onSelect: onPalette }] : []),
    { kind: "line" },
    { kind: "label", label: "Theme" },
    ...themeEntries(theme, onTheme),
  ];
  return (
    <header className="header">
      <div className="header-start">
        <IconButton
          icon={PanelLeft}
          label={leftOpen ? "Hide tasks and notebooks" : "Show tasks and notebooks"}
          aria-expanded={leftOpen}
          onClick={onToggleLeft}
        />
        <a className="header-brand" href="#/" aria-label="Polytab, start page">
          <Mark />
          {!narrow && <span>Polytab</span>}
        </a>
      </div>
      <Names {...props} />
      <div className="header-end">
        <Run {...props} narrow={narrow} />
        {narrow ? (
          <Menu entries={more}>
            <Button look="quiet" className="button-icon" icon={Ellipsis} aria-label="More" />
          </Menu>
        ) : (
          <>
            {shareEntries && (
              <Menu entries={shareEntries}>
                <Button look="quiet" icon={Share2}>
                  Share
                </Button>
              </Menu>
            )}
            {onPalette && (
              <Tooltip label="Commands" keys={`${MOD}K`}>
                <button type="button" className="button header-keys" data-look="quiet" onClick={onPalette}>
                  <kbd aria-hidden>{MOD}K</kbd>
                  <span className="unseen">Commands</span>
                </button>
              </Tooltip>
            )}
            <ThemeMenu choice={theme} onChoose={onTheme} />
          </>
        )}
        {onToggleRight && (
          <IconButton
            icon={PanelRight}
            label={rightOpen ? "Hide the details" : "Show the details"}
            aria-expanded={rightOpen}
            onClick={onToggleRight}
          />
        )}
      </div>
    </header>
  );
}

function Names({ task, taskEntries = [], title, onTitle, note }: HeaderProps) {
  return (
    <div className="header-names">
      {task !== undefined && (
        <Menu entries={taskEntries} align="start">
          <button type="button" className="header-task" aria-label={`Task ${task}, choose another`}>
            <span className="truncate">{task}</span>
            <ChevronDown aria-hidden size={13} strokeWidth={2.2} />
          </button>
        </Menu>
      )}
      {title !== undefined && (
        <div className="header-title">
          <EditableText
            value={title}
            onChange={(text) => onTitle?.(text)}
            ariaLabel="Notebook title"
            placeholder="Untitled notebook"
            readOnly={!onTitle}
          />
          {note && <span className="header-note">{note}</span>}
        </div>
      )}
    </div>
  );
}

function Run({ running, runNote, onRunAll, onStop, narrow }: HeaderProps & { narrow: boolean }) {
  if (running) {
    return (
      <>
        {!narrow && runNote && <span className="header-note tabular">{runNote}</span>}
        <Button look="danger" icon={Square} onClick={onStop} aria-label={narrow ? "Stop" : undefined}>
          {!narrow && "Stop"}
        </Button>
      </>
    );
  }
  if (!onRunAll) return null;
  return (
    <Button
      look="main"
      className={narrow ? "header-run" : undefined}
      icon={Play}
      onClick={onRunAll}
      aria-label={narrow ? "Run all" : undefined}
    >
      {!narrow && "Run all"}
    </Button>
  );
}
