import { type ReactNode, useState } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { Sheet } from "../parts/Dialog";
import { TooltipProvider } from "../parts/Tooltip";
import { NARROW, useMedia } from "../parts/useMedia";
import { readWidths, writeWidths } from "./panelWidths";
import "./shell.css";

export interface ShellProps {
  header: ReactNode;
  left: ReactNode;
  right?: ReactNode;
  children: ReactNode;
  leftOpen: boolean;
  rightOpen: boolean;
  onLeftOpenChange: (open: boolean) => void;
  onRightOpenChange: (open: boolean) => void;
  leftTitle?: string;
  rightTitle?: string;
  /** Toasts, dialogs, the command palette. */
  overlay?: ReactNode;
}

/**
 * The page: a bar, a panel at each side, and the content, which scrolls by itself. On wide screens the panels can be
 * resized (their widths are kept) and folded; at phone width they are sheets. See `usePanels` for the fold state.
 */
export function Shell(props: ShellProps) {
  const { header, left, right, children, leftOpen, rightOpen, onLeftOpenChange, onRightOpenChange, overlay } = props;
  const { leftTitle = "Tasks and notebooks", rightTitle = "Details" } = props;
  const narrow = useMedia(NARROW);
  const [widths] = useState(readWidths);
  const atLeft = leftOpen && !narrow;
  const atRight = right !== undefined && rightOpen && !narrow;
  return (
    <TooltipProvider>
      <div className="shell">
        <button type="button" className="shell-skip" onClick={() => document.getElementById("content")?.focus()}>
          Skip to the content
        </button>
        {header}
        {/* One place for the content in both forms: what is in it stays when a tablet is turned. */}
        <Group className="shell-body" id="shell">
          {atLeft && (
            <Panel
              id="left"
              className="shell-side"
              defaultSize={widths.left}
              minSize={200}
              maxSize={380}
              groupResizeBehavior="preserve-pixel-size"
              onResize={(size) => writeWidths({ left: size.inPixels })}
            >
              <nav aria-label={leftTitle}>{left}</nav>
            </Panel>
          )}
          {atLeft && <Separator id="left-edge" className="shell-edge" aria-label={`Width of ${leftTitle}`} />}
          <Panel id="middle" minSize={narrow ? 0 : 360}>
            <main id="content" className="shell-content" tabIndex={-1}>
              {children}
            </main>
          </Panel>
          {atRight && <Separator id="right-edge" className="shell-edge" aria-label={`Width of ${rightTitle}`} />}
          {atRight && (
            <Panel
              id="right"
              className="shell-side"
              defaultSize={widths.right}
              minSize={260}
              maxSize={560}
              groupResizeBehavior="preserve-pixel-size"
              onResize={(size) => writeWidths({ right: size.inPixels })}
            >
              <aside aria-label={rightTitle}>{right}</aside>
            </Panel>
          )}
        </Group>
        {narrow && (
          <Sheet side="left" title={leftTitle} open={leftOpen} onOpenChange={onLeftOpenChange}>
            {left}
          </Sheet>
        )}
        {narrow && right !== undefined && (
          <Sheet side="right" title={rightTitle} open={rightOpen} onOpenChange={onRightOpenChange}>
            {right}
          </Sheet>
        )}
        {overlay}
      </div>
    </TooltipProvider>
  );
}
