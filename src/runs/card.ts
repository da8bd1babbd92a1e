import { Fault, hashOf, readAs, z } from "../base";
import { detailSchema, type KeptRun, keptSchema, RUN_FORMAT, type Run, type RunDetail, runSchema } from "./run";

/** A run as a file: what one gives to an organiser, or keeps beside a paper. */
export interface RunCard {
  run: Run;
  detail: RunDetail;
  /** What its author called it. */
  name?: string;
}

const MOST_CHARACTERS = 24_000_000;

const cardSchema = z.object({
  format: z.literal(RUN_FORMAT),
  name: z.string().max(200).optional(),
  run: runSchema,
  detail: detailSchema,
});

export function formatCard({ run, detail, name }: RunCard): string {
  return `${JSON.stringify({ format: RUN_FORMAT, ...(name && { name }), run, detail }, null, 1)}\n`;
}

/**
 * @param file the file's name, for messages
 * @throws Fault `card-large`, `card-form`, `card-newer`, `card-hash`, and `invalid` with the path of what is wrong
 */
export function readCard(text: string, file: string): RunCard {
  const where = { file };
  if (text.length > MOST_CHARACTERS)
    throw new Fault("card-large", `${file} has ${text.length.toLocaleString("en")} characters`, {
      hint: `A run card has at most ${MOST_CHARACTERS.toLocaleString("en")}.`,
      where,
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Fault("card-form", `${file} is not a run card: it is no JSON`, {
      hint: "Export one from the board: the menu of a run, Export run card.",
      where,
      cause,
    });
  }
  const format = typeof value === "object" && value !== null && "format" in value ? value.format : undefined;
  if (typeof format === "string" && /^polytab-run\/\d+$/.test(format) && format !== RUN_FORMAT)
    throw new Fault("card-newer", `${file} is written in ${format}, and this page reads ${RUN_FORMAT}`, {
      hint: "Reload the page to get the newest version.",
      where,
    });
  if (format !== RUN_FORMAT)
    throw new Fault("card-form", `${file} is JSON, but not a run card: its format is not "${RUN_FORMAT}"`, { where });
  const { name, run, detail } = readAs(cardSchema, value, file, where);
  if (hashOf(detail.markdown) !== run.notebook.hash)
    throw new Fault("card-hash", `The notebook in ${file} is not the one that its scores were made with`, {
      hint: "Its text was changed after the run. Ask for the card again.",
      where,
    });
  return { run, detail, ...(name && { name }) };
}

/** What storage gives back; undefined where another version wrote it, or it is damaged. */
export function readKept(value: unknown): KeptRun | undefined {
  const read = keptSchema.safeParse(value);
  return read.success ? read.data : undefined;
}

/** @throws Fault `invalid` */
export function readDetail(value: unknown): RunDetail {
  return readAs(detailSchema, value, "the kept run");
}
