import { useId } from "react";
import type { FaultData } from "../../base";

export interface ClassOrderProps {
  classes: readonly string[];
  /** The file itself says so. */
  written: boolean;
  fault: FaultData | undefined;
  confirmed: boolean;
  onChange: (classes: string[]) => void;
  onConfirm: (yes: boolean) => void;
}

/** Which of the model's numbers stands for which class: a line a class, to be confirmed, since no check can tell. */
export function ClassOrder({ classes, written, fault, confirmed, onChange, onConfirm }: ClassOrderProps) {
  const id = useId();
  return (
    <div className="class-order">
      <label htmlFor={id}>Classes in the model’s order</label>
      <p className="muted">
        {written ? "As the file states it." : "As the task lists them: nothing in the file says so."} One a line; put
        them into the order in which the model was trained.
      </p>
      <textarea
        id={id}
        rows={Math.min(8, classes.length + 1)}
        spellCheck={false}
        aria-invalid={fault ? true : undefined}
        value={classes.join("\n")}
        onChange={(event) => {
          onConfirm(false);
          onChange(event.target.value.split("\n"));
        }}
        onBlur={() => onChange(classes.map((name) => name.trim()).filter(Boolean))}
      />
      {fault && (
        <p className="class-fault">
          {fault.message}. {fault.hint}
        </p>
      )}
      <label className="class-confirm">
        <input
          type="checkbox"
          checked={confirmed}
          disabled={fault !== undefined}
          onChange={(event) => onConfirm(event.target.checked)}
        />
        This is the model’s order
      </label>
    </div>
  );
}
