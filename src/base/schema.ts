import { z } from "zod";
import { Fault, type Place } from "./fault";

// Zod compiles its readers with `new Function` unless told not to; the page's CSP forbids that.
z.config({ jitless: true });

export { z };

/**
 * `unknown` in, type out: the one way that data from outside (a file, a link, storage, a worker, user code) gets a type.
 * @throws Fault `invalid` with the path of the first thing that is wrong, like `task.json, at columns.2.modality: …`
 */
export function readAs<T>(schema: z.ZodType<T>, value: unknown, what: string, where?: Place): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue.path.map(String).join(".");
  throw new Fault("invalid", `Cannot read ${what}${path ? `, at ${path}` : ""}: ${issue.message}`, { where });
}
