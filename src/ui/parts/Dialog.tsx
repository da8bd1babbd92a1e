import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./Button";
import "./floating.css";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title; read out with it. */
  about?: ReactNode;
  wide?: boolean;
  /** Buttons, the main one last. */
  foot?: ReactNode;
  children?: ReactNode;
}

/** A modal dialog; Escape and a click beside it close it, and focus goes back to where it was. */
export function Dialog({ open, onOpenChange, title, about, wide, foot, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content
          className="dialog"
          data-wide={wide || undefined}
          onOpenAutoFocus={focusItself}
          {...(about ? {} : { "aria-describedby": undefined })}
        >
          <div className="dialog-head">
            <Radix.Title>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon={X} label="Close" />
            </Radix.Close>
          </div>
          <div className="dialog-body">
            {about && (
              <Radix.Description asChild>
                <div className="dialog-about">{about}</div>
              </Radix.Description>
            )}
            {children}
          </div>
          {foot && <div className="dialog-foot">{foot}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  side: "left" | "right";
  title: string;
  children: ReactNode;
}

/** A side panel at phone width: a modal sheet from its side of the screen. */
export function Sheet({ open, onOpenChange, side, title, children }: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className="sheet" data-side={side} aria-describedby={undefined} onOpenAutoFocus={focusItself}>
          <div className="sheet-head">
            <Radix.Title>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon={X} label="Close" />
            </Radix.Close>
          </div>
          <div className="sheet-body">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Focus on the first button would open its tooltip, and Escape would close that instead of the dialog. */
export function focusItself(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}
