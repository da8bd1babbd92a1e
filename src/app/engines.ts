import type { Engines, OwnModelSource } from "../cells";
import { createEmbedder, createInference, type Embedder, type Inference } from "../inference";
import { createLearners, type Learners } from "../learners";
import { createSandbox } from "../sandbox";
import { createEncoderSource } from "./encoders";
import { createModelSource } from "./models";

interface OwnEngines extends Engines {
  /** Gives back the models and their runtimes: another notebook has others. Vectors stay, being the task's. */
  closeModels(): void;
  /** Gives back the vectors too: another task has other values. */
  release(): void;
}

/** Each engine is started when a cell first needs it. */
export function createEngines(host: HTMLElement, ownModels: OwnModelSource): OwnEngines {
  const models = createModelSource();
  const inference = once(() => createInference());
  const embeddings = once(() => createEmbedder({ inference: inference.get, load: createEncoderSource(models) }));
  const closeModels = (): void => {
    inference
      .made()
      ?.clear()
      .catch(() => {});
  };
  return {
    sandbox: once(() => createSandbox({ host })).get,
    learners: once(() => createLearners()).get,
    encoders: once(() => createLearners()).get,
    inference: inference.get,
    embeddings: embeddings.get,
    models,
    ownModels,
    closeModels,
    release: () => {
      embeddings.made()?.clear();
      closeModels();
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
