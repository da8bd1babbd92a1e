import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./packages";
import type { Places } from "./publish";
import type { SampleTask } from "./task";

const TASKS = join(ROOT, "tools/samples/tasks");
export const SERVED = join(ROOT, "public/samples");

export function placesOf(id: string): Places {
  return { served: join(SERVED, id), unserved: join(ROOT, "private", id) };
}

/** The same in another folder, where nothing is served from. */
export function placesIn(folder: string, id: string): Places {
  return { served: join(folder, "served", id), unserved: join(folder, "unserved", id) };
}

/** The suite is what lies in `tasks/`: another task is one new file there, named after the task. */
export function taskIds(): string[] {
  return readdirSync(TASKS)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -".ts".length))
    .sort();
}

export function taskFile(id: string): string {
  return join(TASKS, `${id}.ts`);
}

export async function loadTask(id: string): Promise<SampleTask> {
  const module = (await import(pathToFileURL(taskFile(id)).href)) as { task?: SampleTask };
  if (module.task?.id !== id)
    throw new Error(`tools/samples/tasks/${id}.ts has to export \`task\` with the id "${id}".`);
  return module.task;
}
