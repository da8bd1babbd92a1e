import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes, Ref } from "react";
import "./button.css";
import { Tooltip } from "./Tooltip";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `main` is the one thing to do here; `plain` has an edge; `quiet` shows its edge on hover; `danger` takes away. */
  look?: "main" | "plain" | "quiet" | "danger";
  small?: boolean;
  icon?: LucideIcon;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = "plain", small = false, icon: Icon, children, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      data-look={look}
      data-small={small || undefined}
      className={className ? `button ${className}` : "button"}
      {...rest}
    >
      {Icon && <Icon aria-hidden size={small ? 14 : 15} strokeWidth={2} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  icon: LucideIcon;
  /** What it does: the accessible name and the tooltip. */
  label: string;
  /** Keys that do the same, shown in the tooltip, like `⇧ Enter`. */
  keys?: string;
}

/** A button that is an icon alone. Its label is always there for a screen reader and, on hover or focus, for the eye. */
export function IconButton({
  icon: Icon,
  label,
  keys,
  look = "quiet",
  small = false,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        data-look={look}
        data-small={small || undefined}
        className={className ? `button button-icon ${className}` : "button button-icon"}
        {...rest}
      >
        <Icon aria-hidden size={small ? 15 : 17} strokeWidth={1.9} />
      </button>
    </Tooltip>
  );
}
