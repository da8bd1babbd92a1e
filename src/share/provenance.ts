import { readAs, z } from "../base";
import { damaged } from "./faults";

/** What a link carries: the notebook's text, and what its author saw. */
export interface Shared {
  markdown: string;
  /** The task's id and data hash (first 12 hex digits) that the scores belong to. */
  task?: { id: string; data: string };
  /** Score cell name to its primary values by predictions name, as the author's tab computed them. */
  scores?: Record<string, Record<string, number>>;
  /** Cell name to a short check of its result, where it had one. */
  checks?: Record<string, string>;
}

/** A text and its provenance as JSON, empty where there is none: what the packings carry. */
export interface Packed {
  markdown: string;
  provenance: string;
}

const schema = z.object({
  t: z.tuple([z.string().max(200), z.string().max(64)]).optional(),
  s: z.record(z.string().max(200), z.record(z.string().max(200), z.number())).optional(),
  c: z.record(z.string().max(200), z.string().max(16)).optional(),
});

/** As one line of JSON; empty where there is nothing to say. */
export function formatProvenance({ task, scores, checks }: Omit<Shared, "markdown">): string {
  const said = { t: task && [task.id, task.data], s: scores, c: checks };
  return Object.values(said).some((value) => value !== undefined) ? JSON.stringify(said) : "";
}

export function readProvenance(text: string): Omit<Shared, "markdown"> {
  if (text === "") return {};
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (cause) {
    throw damaged("This link is damaged: its provenance cannot be read", cause);
  }
  const { t, s, c } = readAs(schema, said, "the link's provenance");
  return {
    ...(t && { task: { id: t[0], data: t[1] } }),
    ...(s && { scores: s }),
    ...(c && { checks: c }),
  };
}
