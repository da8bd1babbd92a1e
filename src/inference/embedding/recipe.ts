import { Fault, type FaultData } from "../../base";
import { rgba } from "../../table";
import { createTokeniser, type Pieces, type Tokenise } from "./pieces";

/** How an encoder's input is made of texts or of encoded pictures. */
export type Recipe = ({ kind: "text" } & Pieces) | { kind: "image"; size: number };

/** Texts as numbers of pieces, one after the other; or pictures as straight RGBA, size x size, or the first bad one. */
export type Prepared =
  | { kind: "text"; ids: Int32Array; lengths: Int32Array }
  | { kind: "image"; pixels: Uint8Array }
  | { kind: "unreadable"; at: number; fault: FaultData };

export type Prepare = (values: readonly (string | Uint8Array)[]) => Promise<Prepared>;

export function createPrepare(recipe: Recipe): Prepare {
  if (recipe.kind === "image") return (values) => picturesOf(recipe.size, values);
  const tokenise = createTokeniser(recipe);
  return async (values) => piecesOf(tokenise, values);
}

function piecesOf(tokenise: Tokenise, values: readonly (string | Uint8Array)[]): Prepared {
  const texts = values.map((value) => (typeof value === "string" ? tokenise(value) : []));
  return { kind: "text", ids: Int32Array.from(texts.flat()), lengths: Int32Array.from(texts, (ids) => ids.length) };
}

async function picturesOf(size: number, values: readonly (string | Uint8Array)[]): Promise<Prepared> {
  const pixels = new Uint8Array(values.length * size * size * 4);
  for (const [i, value] of values.entries()) {
    if (typeof value === "string") throw new Fault("model-input", "A text was given where a picture belongs");
    try {
      pixels.set(await rgba(value, size), i * size * size * 4);
    } catch (error) {
      if (error instanceof Fault) return { kind: "unreadable", at: i, fault: error.toData() };
      throw error;
    }
  }
  return { kind: "image", pixels };
}
