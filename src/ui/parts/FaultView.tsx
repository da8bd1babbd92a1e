import { Check, CircleAlert, Copy } from "lucide-react";
import type { FaultData, Place } from "../../base";
import { IconButton } from "./Button";
import "./states.css";
import { useCopy } from "./useCopy";

export interface FaultViewProps {
  fault: FaultData;
  /** Moves the cursor to the place in the source; the place is plain text without it. */
  onGoTo?: (line: number, column: number) => void;
}

/** What went wrong, where, and the way out; never a stack. */
export function FaultView({ fault, onGoTo }: FaultViewProps) {
  const { copied, copy } = useCopy();
  const { cell, line, column } = fault.where ?? {};
  const isNamed = line === undefined && cell !== undefined && fault.hint?.includes(`"${cell}"`);
  const place = isNamed ? "" : placeText(fault.where);
  return (
    <div className="fault">
      <CircleAlert aria-hidden size={16} strokeWidth={2} />
      <p className="fault-message">{fault.message}</p>
      <IconButton
        className="fault-copy"
        small
        icon={copied ? Check : Copy}
        label={copied ? "Copied" : "Copy this message"}
        onClick={() => copy(faultText(fault))}
      />
      {(fault.hint || place) && (
        <div className="fault-more">
          {fault.hint && <span>{fault.hint}</span>}
          {place &&
            (onGoTo && line !== undefined ? (
              <button type="button" className="fault-place" onClick={() => onGoTo(line, column ?? 1)}>
                {place}
              </button>
            ) : (
              <span className="fault-place">{place}</span>
            ))}
        </div>
      )}
    </div>
  );
}

function placeText(where: Place | undefined): string {
  if (!where) return "";
  const thing = where.cell ?? where.file;
  const point =
    where.line === undefined ? "" : `line ${where.line}${where.column === undefined ? "" : `, column ${where.column}`}`;
  return [thing, point].filter(Boolean).join(", ");
}

/** A fault as text for a bug report or a colleague. */
export function faultText(fault: FaultData): string {
  const place = placeText(fault.where);
  return [fault.message, fault.hint, place && `at ${place}`, `(${fault.code})`].filter(Boolean).join("\n");
}
