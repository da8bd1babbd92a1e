import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSidecar, unpackOutOfFold } from "../../src/learners";
import { score } from "../../src/scoring";
import { MANIFEST, readModels, staleReasons } from "./check";
import { readTaskRows } from "./data";
import { noteOf } from "./lead";
import { runOnnx } from "./onnx";
import { FOLDERS, MODEL_IDS, SEED, SUITE } from "./suite";

const hasSamples = SUITE.every(({ task }) => existsSync(join(FOLDERS.samples, task, "task.json")));
const models = () => readModels(FOLDERS)?.models ?? [];
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(FOLDERS.models, file)));

describe("the shipped baselines", () => {
  it("are those of this code, and of the samples where these are there", async () => {
    expect(await staleReasons(FOLDERS)).toEqual([]);
  });

  it("are small", () => {
    const all = models().flatMap(({ file, sidecar, outOfFold }) => [
      file,
      sidecar,
      ...(outOfFold ? [outOfFold.file] : []),
    ]);
    const sizes = [...all, ...(readModels(FOLDERS)?.encoders ?? []).map(({ file }) => file)].map(
      (file) => bytesOf(file).length,
    );
    for (const size of sizes) expect(size).toBeLessThan(4_000_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(20_000_000);
  });

  it("of all modalities are ahead of the best single one by more than its interval, or say that they are not", () => {
    expect(models().map(({ note }) => note)).toEqual(models().map(noteOf));
    const unclear = models().filter(({ note }) => note !== undefined);
    expect(unclear.map(({ id, note }) => [id, note])).toEqual([
      [
        "web-features-fusion",
        "On these validation rows all columns together are ahead of text alone by 0.006 only: f1 0.892 lies within the 95 % interval of 0.886 (0.830 to 0.932). These rows do not tell the two apart.",
      ],
    ]);
  });

  it("of all modalities beat each single one, or say why not; and all beat the answer that reads nothing", () => {
    expect(models().map(({ id }) => id)).toEqual(MODEL_IDS);
    for (const { reads, scores, note, id } of models()) {
      const [trivial, ...parts] = scores.variants;
      expect(["majority", "always a match"]).toContain(trivial.name);
      expect(trivial.value, id).toBeGreaterThan(0);
      expect(scores.validation.value, id).toBeGreaterThan(trivial.high);
      if (reads !== "all") continue;
      expect(parts.length).toBeGreaterThanOrEqual(2);
      const beaten = parts.every((part) => scores.validation.value > part.value);
      expect(beaten || note !== undefined, id).toBe(true);
    }
  });

  it("of all modalities bring what they predict of the training rows out of fold", async () => {
    for (const { outOfFold, reads, trained, classes } of models()) {
      expect(outOfFold !== undefined).toBe(reads === "all");
      if (!outOfFold) continue;
      const values = await unpackOutOfFold(bytesOf(outOfFold.file), outOfFold, outOfFold.file);
      expect(values.length).toBe(trained.rows * classes.length);
    }
  });

  it.skipIf(!hasSamples).each(["emoji-aisle-image", "web-features-fusion"])(
    "score in ONNX Runtime what the manifest says that they score: %s",
    async (id) => {
      const entry = models().find((model) => model.id === id);
      if (!entry) throw new Error(`${id} is not there`);
      const { task, classes, validation } = await readTaskRows(FOLDERS.samples, entry.task);
      const sidecar = readSidecar(JSON.parse(new TextDecoder().decode(bytesOf(entry.sidecar))), entry.sidecar);
      const probabilities = await runOnnx(bytesOf(entry.file), sidecar, validation);
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
    },
    60_000,
  );
});

describe("a stale baseline is told by", () => {
  let folder: string;
  const changed = (change: (models: string) => void): Promise<string[]> => {
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
  const [{ task }] = SUITE;
  const id = `${task}-text`;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "baselines-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("nothing, where nothing changed and the samples are away", async () => {
    expect(await changed(() => {})).toEqual([]);
  });

  it("a model file that changed or is gone", async () => {
    const reason = `${id}.onnx is not the file that models.json names`;
    expect(await changed((models) => writeFileSync(join(models, `${id}.onnx`), "x"))).toEqual([reason]);
    expect(await changed((models) => rmSync(join(models, `${id}.onnx`)))).toEqual([reason]);
  });

  it("a sidecar that changed", async () => {
    expect(await changed((models) => writeFileSync(join(models, `${id}.json`), "{}"))).toEqual([
      `${id}.json is not the file that models.json names`,
    ]);
  });

  it("code of another version", async () => {
    const [reason] = await changed((models) => editManifest(models, /"code": "encoders \d+/, '"code": "encoders 0'));
    expect(reason).toContain("was trained by encoders 0");
  });

  it("a baseline that the list lacks, one that it has in excess, and no list at all", async () => {
    expect(await changed((models) => editManifest(models, `"id": "${id}"`, '"id": "other"'))).toEqual([
      "other is no baseline any more",
      `${id} is missing from models.json`,
    ]);
    expect(await changed((models) => rmSync(join(models, MANIFEST)))).toEqual(["there is no models.json"]);
  });

  it.skipIf(!hasSamples)("training data that changed", async () => {
    cpSync(join(FOLDERS.samples, task), join(folder, "samples", task), { recursive: true });
    expect(await changed(() => {})).toEqual(await staleReasons(FOLDERS));
    writeFileSync(join(folder, "samples", task, "train.parquet"), "x");
    expect(await changed(() => {})).toContain(`${id} was trained on another train.parquet of ${task}`);
    rmSync(join(folder, "samples"), { recursive: true });
  });
});
