import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSidecar } from "../../src/learners";
import { score } from "../../src/scoring";
import { runOnnx } from "./build";
import { MANIFEST, readModels, staleReasons } from "./check";
import { readTaskRows } from "./data";
import { BASELINES, FOLDERS, SEED } from "./suite";

const hasSamples = BASELINES.every(({ task }) => existsSync(join(FOLDERS.samples, task, "task.json")));
const models = () => readModels(FOLDERS)?.models ?? [];

describe("the shipped baselines", () => {
  it("are those of this code, and of the samples where these are there", () => {
    expect(staleReasons(FOLDERS)).toEqual([]);
  });

  it("are small", () => {
    for (const { bytes, sidecar } of models()) {
      expect(bytes).toBeLessThan(2_000_000);
      expect(readFileSync(join(FOLDERS.models, sidecar)).length).toBeLessThan(1_000_000);
    }
  });

  it("beat each of their single modalities, and these beat the majority", () => {
    expect(models().length).toBe(BASELINES.length);
    for (const { scores } of models()) {
      const [majority, ...others] = scores.variants;
      expect(majority.name).toBe("majority");
      for (const variant of others) {
        expect(variant.value).toBeGreaterThan(majority.high);
        expect(scores.validation.value).toBeGreaterThan(variant.value);
      }
    }
  });

  it.skipIf(!hasSamples)(
    "score in ONNX Runtime what the manifest says that they score",
    async () => {
      for (const entry of models()) {
        const { task, classes, validation } = await readTaskRows(FOLDERS.samples, entry.task);
        const file = join(FOLDERS.models, entry.sidecar);
        const sidecar = readSidecar(JSON.parse(readFileSync(file, "utf8")), entry.sidecar);
        const onnx = new Uint8Array(readFileSync(join(FOLDERS.models, entry.file)));
        const probabilities = await runOnnx(onnx, sidecar, validation);
        const { primary } = score({
          track: task.track,
          metric: task.metric,
          labels: validation.labels,
          probabilities,
          threshold: entry.threshold,
          classes,
          seed: SEED,
        });
        expect(primary).toEqual(entry.scores.validation);
      }
    },
    60_000,
  );
});

describe("a stale baseline is told by", () => {
  let folder: string;
  const changed = (change: (models: string) => void): string[] => {
    const models = join(folder, "models");
    rmSync(models, { recursive: true, force: true });
    cpSync(FOLDERS.models, models, { recursive: true });
    change(models);
    return staleReasons({ samples: join(folder, "samples"), models });
  };
  const editManifest = (models: string, from: string | RegExp, to: string) => {
    const file = join(models, MANIFEST);
    writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
  };
  const { id } = BASELINES[0];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "baselines-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("nothing, where nothing changed and the samples are away", () => {
    expect(changed(() => {})).toEqual([]);
  });

  it("a model file that changed or is gone", () => {
    const reason = `${id}.onnx is not the file that models.json names`;
    expect(changed((models) => writeFileSync(join(models, `${id}.onnx`), "x"))).toEqual([reason]);
    expect(changed((models) => rmSync(join(models, `${id}.onnx`)))).toEqual([reason]);
  });

  it("a sidecar that changed", () => {
    expect(changed((models) => writeFileSync(join(models, `${id}.json`), "{}"))).toEqual([
      `${id}.json is not the file that models.json names`,
    ]);
  });

  it("code of another version", () => {
    const [reason] = changed((models) => editManifest(models, /"code": "training \d+/, '"code": "training 0'));
    expect(reason).toContain("was trained by training 0");
  });

  it("a baseline that the list lacks, one that it has in excess, and no list at all", () => {
    expect(changed((models) => editManifest(models, `"id": "${id}"`, '"id": "other"'))).toEqual([
      "other is no baseline any more",
      `${id} is missing from models.json`,
    ]);
    expect(changed((models) => rmSync(join(models, MANIFEST)))).toEqual(["there is no models.json"]);
  });

  it.skipIf(!hasSamples)("training data that changed", () => {
    const { task } = BASELINES[0];
    cpSync(join(FOLDERS.samples, task), join(folder, "samples", task), { recursive: true });
    expect(changed(() => {})).toEqual(staleReasons(FOLDERS));
    writeFileSync(join(folder, "samples", task, "train.parquet"), "x");
    expect(changed(() => {})).toEqual([`${id} was trained on another train.parquet of ${task}`]);
    rmSync(join(folder, "samples"), { recursive: true });
  });
});
