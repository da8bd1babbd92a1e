import type { Engines } from "../cells";
import { createInference, type Inference } from "../inference";
import { createLearners, type Learners } from "../learners";
import { createSandbox } from "../sandbox";
import { createModelSource } from "./models";

/** Each engine is started when a cell first needs it. */
export function createEngines(host: HTMLElement): Engines {
  return {
    sandbox: once(() => createSandbox({ host })).get,
    learners: once(() => createLearners()).get,
    encoders: once(() => createLearners()).get,
    inference: once(() => createInference()).get,
    models: createModelSource(),
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
  return {
    sandbox: engines.sandbox,
    models: engines.models,
    learners: learners.get,
    encoders: encoders.get,
    inference: inference.get,
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
