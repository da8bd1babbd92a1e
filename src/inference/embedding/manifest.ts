import { readAs, z } from "../../base";
import type { Pieces } from "./pieces";

const hash = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 is 64 hexadecimal digits");
const file = z.string().regex(/^[\w][\w.-]*$/, "a file name of this folder");

const entrySchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: z.string(),
  modality: z.literal("text"),
  /** Numbers a value. */
  width: z.number().int().positive(),
  file,
  sha256: hash,
  bytes: z.number().int().positive(),
  pieces: file,
  piecesSha256: hash,
  attribution: z.object({ name: z.string(), licence: z.string(), url: z.string(), text: file, changes: z.string() }),
});

const manifestSchema = z.object({ format: z.literal("polytab-encoders/1"), encoders: z.array(entrySchema) });

/** `public/encoders/encoders.json`: encoders taken over from packages, converted when the app is built. */
export type EncoderManifest = z.infer<typeof manifestSchema>;

const piecesSchema = z.object({
  pieces: z.array(z.tuple([z.string().min(1), z.number()])).min(1),
  reserved: z.number().int().nonnegative(),
  longest: z.number().int().positive(),
});

/** @throws Fault `invalid` naming the file and the path of what is wrong */
export function readEncoderManifest(value: unknown, name: string): EncoderManifest {
  return readAs(manifestSchema, value, name, { file: name });
}

/** @throws Fault `invalid` naming the file and the path of what is wrong */
export function readPieces(value: unknown, name: string): Pieces {
  return readAs(piecesSchema, value, name, { file: name });
}
