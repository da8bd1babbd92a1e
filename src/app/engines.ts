import type { Engines, OwnModelSource } from "../cells";
import { createEmbedder, createInference, type Embedder, type Inference } from "../inference";
import { createLearners, type Learners } from "../learners";
import { createSandbox } from "../sandbox";
import { createEncoderSource } from "./encoders";
import { createModelSource } from "./models";

/** Each engine is started when a cell first needs it. `release` gives back what models took: another task has others. */
export function createEngines(host: HTMLElement, ownModels: OwnModelSource): Engines & { release(): void } {
  const models = createModelSource();
  const inference = once(() => createInference());
  const embeddings = once(() => createEmbedder({ inference: inference.get, load: createEncoderSource(models) }));
  return {
    sandbox: once(() => createSandbox({ host })).get,
    learners: once(() => createLearners()).get,
    encoders: once(() => createLearners()).get,
    inference: inference.get,
    embeddings: embeddings.get,
    models,
    ownModels,
    release: () => {
      embeddings.made()?.clear();
      inference
        .made()
        ?.clear()
        .catch(() => {});
    },
  };
}

/**
 * Engines beside those of the open notebook, which keep nothing from it waiting. User code and model files are shared:
 * every run of a cell has a worker of its own anyway. `dispose` lets go of all that they held.
 */
export function enginesBeside(engines: Engines): Engines & { dispose(): void } {
  const learners = once<Learners>(() => createLearners());
  const encoders = once<Learners>(() => createLearners());
  const inference = once<Inference>(() => createInference());
  const embeddings = once<Embedder>(() =>
    createEmbedder({ inference: inference.get, load: createEncoderSource(engines.models) }),
  );
  return {
    sandbox: engines.sandbox,
    models: engines.models,
    ownModels: engines.ownModels,
    learners: learners.get,
    encoders: encoders.get,
    inference: inference.get,
    embeddings: embeddings.get,
    dispose: () => {
      for (const each of [learners, encoders, inference]) each.made()?.dispose();
    },
  };
}

function once<T>(make: () => T): { get: () => T; made: () => T | undefined } {
  let made: { value: T } | undefined;
  return {
    get: () => {
      made ??= { value: make() };
      return made.value;
    },
    made: () => made?.value,
  };
}
