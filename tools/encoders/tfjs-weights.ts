import { readFileSync } from "node:fs";
import { z } from "../../src/base";
import { packageFile } from "../samples/packages";

const DTYPES = { float32: Float32Array, int32: Int32Array };

const modelSchema = z.object({
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(z.object({ name: z.string(), shape: z.array(z.number()), dtype: z.enum(["float32", "int32"]) })),
    }),
  ),
});

export interface Weight {
  shape: number[];
  values: Float32Array | Int32Array;
}

/** The weights of a TensorFlow.js model inside an installed package, found by the end of their names. */
export function readWeights(packageName: string, folder: string): (ending: string) => Weight {
  const file = (name: string): string => packageFile(packageName, `${folder}/${name}`);
  const { weightsManifest } = modelSchema.parse(JSON.parse(readFileSync(file("model.json"), "utf8")));
  const weights = new Map<string, Weight>();
  for (const group of weightsManifest) {
    const bytes = Buffer.concat(group.paths.map((path) => readFileSync(file(path))));
    let at = 0;
    for (const { name, shape, dtype } of group.weights) {
      const size = shape.reduce((product, length) => product * length, 4);
      const own = Uint8Array.from(bytes.subarray(at, at + size));
      weights.set(name, { shape, values: new DTYPES[dtype](own.buffer) });
      at += size;
    }
    if (at !== bytes.length)
      throw new Error(`${packageName}: the weights take ${at} bytes, its files have ${bytes.length}`);
  }
  return (ending) => {
    const found = [...weights].filter(([name]) => name.endsWith(ending));
    if (found.length !== 1) throw new Error(`${packageName}: ${found.length} weights end with "${ending}"`);
    return found[0][1];
  };
}
