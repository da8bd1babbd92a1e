import { type FaultData, faultDataOf } from "../base";

export interface Autosave<T> {
  save(slot: string, value: T): void;
  /** Resolves when everything that was given has been written, or has failed to be. */
  settled(): Promise<void>;
}

/**
 * Writes the newest version of each slot as soon as the write before is done: never two at once, never a wait before
 * the first, so that a killed tab loses at most the letters typed during one write. What could not be written waits for
 * the next save and is tried again then.
 */
export function createAutosave<T>(
  write: (slot: string, value: T) => Promise<void>,
  onStatus: (slot: string, status: "saving" | "saved", fault?: FaultData) => void,
): Autosave<T> {
  const waiting = new Map<string, T>();
  const failed = new Map<string, T>();
  let running: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    for (let next = waiting.entries().next(); !next.done; next = waiting.entries().next()) {
      const [slot, value] = next.value;
      waiting.delete(slot);
      try {
        await write(slot, value);
        if (!waiting.has(slot)) onStatus(slot, "saved");
      } catch (error) {
        if (!waiting.has(slot)) failed.set(slot, value);
        onStatus(slot, "saved", faultDataOf(error));
      }
    }
    running = undefined;
  };
  return {
    save: (slot, value) => {
      for (const [other, kept] of failed) if (other !== slot) waiting.set(other, kept);
      failed.clear();
      waiting.set(slot, value);
      onStatus(slot, "saving");
      running ??= work();
    },
    settled: async () => {
      await running;
    },
  };
}
