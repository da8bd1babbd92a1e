import { readAs, z } from "../base";

/** `public/samples/index.json`: what the gallery shows without opening a task. */
export const catalogueSchema = z.object({
  format: z.literal("polytab-catalogue/1"),
  tasks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      track: z.enum(["classification", "matching"]),
      kind: z.enum(["exact", "variant"]).optional(),
      modalities: z.array(z.enum(["text", "numeric", "categorical", "image"])),
      rows: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
      classes: z.number(),
      metric: z.string(),
      bytes: z.number(),
      /** Markdown, as in the manifest. */
      description: z.string().optional(),
      /** Names of the columns. */
      columns: z.array(z.string()).optional(),
      /** Matching: the share of train's pairs that match. */
      positives: z.number().min(0).max(1).optional(),
      /** Hash of the splits: a score was reached on this task's present rows where it names the same. */
      data: z.string().optional(),
      /** A task that the reader brought, which no site's file lists: kept in this browser, or in this tab only. */
      kept: z.enum(["browser", "tab"]).optional(),
      /** The address that it was opened from, where it was. */
      origin: z.string().optional(),
    }),
  ),
});

export type Catalogue = z.infer<typeof catalogueSchema>;
export type CatalogueEntry = Catalogue["tasks"][number];

export function readCatalogue(value: unknown, file: string): Catalogue {
  return readAs(catalogueSchema, value, file, { file });
}
