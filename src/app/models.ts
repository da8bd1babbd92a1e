import { Fault, suggest, untilAborted } from "../base";
import type { ModelSource } from "../cells";
import { type ModelEntry, type ModelManifest, readModelManifest, readSidecar, unpackOutOfFold } from "../learners";
import { download, downloadJson } from "./download";

const FOLDER = "models";

/** The ONNX baselines of `public/models`; the list and each model are fetched once. */
export function createModelSource(): ModelSource {
  let manifest: Promise<ModelManifest> | undefined;
  const loaded = new Map<string, ReturnType<ModelSource["load"]>>();
  const list = (): Promise<ModelManifest> => {
    manifest ??= downloadJson(`${FOLDER}/models.json`).then((value) =>
      readModelManifest(value, `${FOLDER}/models.json`),
    );
    manifest.catch(() => {
      manifest = undefined;
    });
    return manifest;
  };
  const entryOf = async (id: string): Promise<ModelEntry> => {
    const { models } = await list();
    const entry = models.find((each) => each.id === id);
    if (entry) return entry;
    const known = models.map((each) => each.id);
    throw new Fault("model-missing", `There is no model "${id}"`, { hint: suggest(id, known) });
  };
  return {
    list,
    load: (id, { signal }) => {
      const known = loaded.get(id);
      if (known) return untilAborted(known, signal);
      const model = entryOf(id).then(async (entry) => {
        const [bytes, sidecar] = await Promise.all([
          download(`${FOLDER}/${entry.file}`, { sha256: entry.sha256, bytes: entry.bytes }),
          download(`${FOLDER}/${entry.sidecar}`, { sha256: entry.sidecarSha256 }),
        ]);
        return { entry, bytes, sidecar: readSidecar(JSON.parse(new TextDecoder().decode(sidecar)), entry.sidecar) };
      });
      loaded.set(id, model);
      model.catch(() => loaded.delete(id)); // a failed load is no answer to keep
      return untilAborted(model, signal);
    },
    outOfFold: async (id, { signal }) => {
      const { outOfFold } = await untilAborted(entryOf(id), signal);
      if (!outOfFold) throw new Fault("model-missing", `"${id}" came without predictions of its training rows`);
      const { file, sha256, bytes } = outOfFold;
      const packed = await download(`${FOLDER}/${file}`, { sha256, bytes, signal });
      return { probabilities: await unpackOutOfFold(packed, outOfFold, file), folds: outOfFold.folds };
    },
  };
}
