import type { SandboxTask } from "./protocol";
import { MODALITIES } from "./task-types";

/** The toolbox's `task`: what code that is generic over the schema reads of it. */
export function taskView({ track, classes, columns }: SandboxTask): object {
  const all = columns.map(({ name, modality }) => Object.freeze({ name, modality }));
  const named = MODALITIES.map((modality) => [
    modality,
    Object.freeze(all.filter((column) => column.modality === modality).map((column) => column.name)),
  ]);
  return Object.freeze({
    track,
    classes: Object.freeze([...classes]),
    sides: Object.freeze(track === "matching" ? ["left", "right"] : []),
    columns: Object.freeze({ ...Object.fromEntries(named), all: Object.freeze(all) }),
  });
}
