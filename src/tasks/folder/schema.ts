import { z } from "../../base";
import { manifestSchema } from "../manifest";

/** Beside a task, or beside a folder of tasks: what a `task.json` has to be. */
export const SCHEMA_FILE = "task.schema.json";

/**
 * What a `task.json` has to be, as a JSON Schema (draft 2020-12), for organisers who make tasks with other tools. Made
 * from the reader itself, so that the two cannot part.
 */
export function manifestJsonSchema(): object {
  return { title: "A task of Polytab (task.json)", ...z.toJSONSchema(manifestSchema, { io: "input" }) };
}
