import type { TaskData } from "./task-data";
import type { Again, CellValue } from "./values";

/** What a cell reads, computed again on other rows; what knows no way stays as it is. */
export async function inputsAgain(
  inputs: ReadonlyMap<string, CellValue>,
  task: TaskData,
  options: Parameters<Again>[1],
): Promise<Map<string, CellValue>> {
  const made = new Map<string, CellValue>();
  for (const [name, value] of inputs)
    made.set(name, "again" in value && value.again ? await value.again(task, options) : value);
  return made;
}
