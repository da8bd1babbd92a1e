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
    }),
  ),
});

export type Catalogue = z.infer<typeof catalogueSchema>;
export type CatalogueEntry = Catalogue["tasks"][number];

export function readCatalogue(value: unknown, file: string): Catalogue {
  return readAs(catalogueSchema, value, file, { file });
}
