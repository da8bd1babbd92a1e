import { type CallOptions, Fault, untilAborted } from "../base";
import type { ModelSource } from "../cells";
import { type Embeddable, type LoadedEncoder, readEncoderManifest, readPieces } from "../inference";
import { download, downloadJson } from "./download";

const SENTENCES = "encoders";
const MODELS = "models";

/**
 * The encoders that the site serves, each fetched when a notebook first asks for it: the sentence encoder that is converted
 * when the app is built, and the picture encoder that is listed among the models.
 */
export function createEncoderSource(
  models: Pick<ModelSource, "list">,
): (modality: Embeddable, options: CallOptions) => Promise<LoadedEncoder> {
  const loaded = new Map<Embeddable, Promise<LoadedEncoder>>();
  const load = (modality: Embeddable, onProgress: CallOptions["onProgress"]): Promise<LoadedEncoder> =>
    modality === "text" ? sentences(onProgress) : pictures(models, onProgress);
  return (modality, { signal, onProgress }) => {
    let encoder = loaded.get(modality);
    if (!encoder) {
      // Shared by every cell that embeds, so no single one's stop ends it.
      encoder = load(modality, onProgress);
      loaded.set(modality, encoder);
      encoder.catch(() => loaded.delete(modality)); // a failed load is no answer to keep
    }
    return untilAborted(encoder, signal);
  };
}

async function sentences(onProgress: CallOptions["onProgress"]): Promise<LoadedEncoder> {
  const list = `${SENTENCES}/encoders.json`;
  const { encoders } = readEncoderManifest(await downloadJson(list), list);
  const entry = encoders.find((each) => each.modality === "text");
  if (!entry) throw missing("text");
  const { id, sha256, file, bytes: size } = entry;
  const [bytes, pieces] = await Promise.all([
    download(`${SENTENCES}/${file}`, { sha256, bytes: size, onProgress: start(onProgress) }),
    download(`${SENTENCES}/${entry.pieces}`, { sha256: entry.piecesSha256 }),
  ]);
  const vocabulary = readPieces(JSON.parse(new TextDecoder().decode(pieces)), entry.pieces);
  return { id, sha256, bytes, recipe: { kind: "text", ...vocabulary }, input: "ids", output: "vectors" };
}

async function pictures(
  models: Pick<ModelSource, "list">,
  onProgress: CallOptions["onProgress"],
): Promise<LoadedEncoder> {
  const { encoders } = await models.list();
  const entry = encoders.find((each) => each.modality === "image");
  if (!entry) throw missing("image");
  const { id, sha256, file, preprocessing, output } = entry;
  const bytes = await download(`${MODELS}/${file}`, { sha256, bytes: entry.bytes, onProgress: start(onProgress) });
  const recipe = { kind: "image" as const, size: preprocessing.size };
  return { id, sha256, bytes, recipe, input: preprocessing.input, output: output.name };
}

/** Loading is the beginning of a longer work. */
const start =
  (onProgress: CallOptions["onProgress"]): CallOptions["onProgress"] =>
  ({ note }) =>
    onProgress?.({ done: 0, note });

function missing(modality: Embeddable): Fault {
  return new Fault("encoder-missing", `This site serves no encoder of ${modality === "text" ? "texts" : "pictures"}`, {
    hint: "Leave the `embed:` input out, or build the app with its encoders.",
  });
}
