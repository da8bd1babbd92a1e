import type { Shift } from "../../tasks";
import { shiftTitle } from "./words";

/** How validation and test compare with train, a word each. */
export function ShiftWords({ shift }: { shift: { validation: Shift | undefined; test: Shift | undefined } }) {
  if (!shift.validation && !shift.test) return null;
  return (
    <dl className="shifts">
      {(["validation", "test"] as const).map((split) => {
        const found = shift[split];
        if (!found) return null;
        return (
          <div key={split} className="shift-one">
            <dt>{split}</dt>
            <dd className="shift" data-word={found.word} title={shiftTitle(found)}>
              {found.word}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
