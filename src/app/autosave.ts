import type { FaultData } from "../base";
import { faultDataOf } from "../base";

/**
 * Writes the newest version as soon as the one before it is written: never two at once, never a wait before the
 * first, so that a killed tab loses at most the letters typed during one write.
 */
export function createAutosave<T>(
  write: (value: T) => Promise<void>,
  onStatus: (status: "saving" | "saved", fault?: FaultData) => void,
): { save(value: T): void; settled(): Promise<void> } {
  let waiting: { value: T } | undefined;
  let running: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    let fault: FaultData | undefined;
    while (waiting) {
      const { value } = waiting;
      waiting = undefined;
      try {
        await write(value);
        fault = undefined;
      } catch (error) {
        fault = faultDataOf(error);
      }
    }
    running = undefined;
    onStatus("saved", fault);
  };
  return {
    save: (value) => {
      waiting = { value };
      onStatus("saving");
      running ??= work();
    },
    settled: async () => {
      await running;
    },
  };
}
