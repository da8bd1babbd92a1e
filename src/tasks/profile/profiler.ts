import type { Table } from "../../table";
import type { Modality } from "../manifest";
import type { PerSplit } from "./answer";
import {
  type ClassCounts,
  classSizesSql,
  histogramByClassSql,
  readClasses,
  readHistogramsByClass,
  readValuesByClass,
  type ShownClasses,
  valuesByClassSql,
} from "./classes";
import { type FactTable, factCells, readFacts } from "./fact-cells";
import type { Frame, ProfiledColumn } from "./frame";
import {
  binsOf,
  histogramSql,
  type Measure,
  type MeasureProfile,
  readHistograms,
  readSummaries,
  summarySql,
} from "./measures";
import { type PairAgreement, pairAgreementSql, readPairAgreement } from "./pairs";
import { headsSql, oneInOf, type PictureFacts, pictureCountsSql, readPictureFacts } from "./pictures";
import { keysOf, orderKeys, quantilesSql, readStrength, type Strength, scoresSql } from "./strength";
import {
  examplesSql,
  inTrainSql,
  readExamples,
  readInTrain,
  readScripts,
  readTextFacts,
  scriptsSql,
  type TextExamples,
  type TextFacts,
  textFactsSql,
} from "./texts";
import { readValues, type ValueProfile, valuesSql } from "./values";

/** What is known of a column without its classes. `rows` are those profiled: both sides of every pair. */
export type ColumnProfile = { column: ProfiledColumn; rows: PerSplit<number>; pairs: PairAgreement | undefined } & (
  | { modality: "numeric"; value: MeasureProfile }
  | { modality: "categorical"; values: ValueProfile }
  | {
      modality: "text";
      length: MeasureProfile;
      words: MeasureProfile;
      facts: PerSplit<TextFacts>;
      examples: TextExamples;
    }
  | { modality: "image"; bytes: MeasureProfile; facts: PictureFacts }
);

/** What a column is by class, in rows of train. */
export interface ClassProfile {
  /** Its drawings (see `drawingsOf`, or its values), in their order; `undefined` for an empty one. */
  counts: (ClassCounts | undefined)[];
  /** Of a text or a picture: the facts that `factCells` gives by class. */
  facts: FactTable | undefined;
}

/** Asks the engine one statement. */
export type Query = (sql: string, signal?: AbortSignal) => Promise<Table>;

/** Profiles in as few statements as there are kinds of facts: columns of one modality are asked for together. */
export interface Profiler {
  /** Profiles of columns of one modality, in their order. */
  profile(columns: readonly ProfiledColumn[], signal?: AbortSignal): Promise<ColumnProfile[]>;
  classes(signal?: AbortSignal): Promise<ShownClasses>;
  byClass(profile: ColumnProfile, classes: ShownClasses, signal?: AbortSignal): Promise<ClassProfile>;
  /** `undefined` where no key of the column could be scored. */
  strength(column: ProfiledColumn, signal?: AbortSignal): Promise<Strength | undefined>;
  /** What the order of the rows, or their ids, tell alone. */
  orderStrength(signal?: AbortSignal): Promise<Strength | undefined>;
}

export function createProfiler(frame: Frame, query: Query): Profiler {
  async function measured(measures: readonly Measure[], signal?: AbortSignal): Promise<MeasureProfile[]> {
    const summaries = readSummaries(await query(summarySql(frame, measures), signal), measures);
    const binned = measures.flatMap((measure, i) => {
      const bins = binsOf(summaries[i]);
      return bins ? [{ measure, bins, summary: summaries[i] }] : [];
    });
    const histograms =
      binned.length > 0 ? readHistograms(await query(histogramSql(frame, binned), signal), binned) : [];
    return measures.map((measure, i) => ({
      measure,
      summary: summaries[i],
      histogram: histograms[binned.findIndex((each) => each.measure === measure)],
    }));
  }

  async function agreements(
    columns: readonly ProfiledColumn[],
    signal?: AbortSignal,
  ): Promise<(PairAgreement | undefined)[]> {
    if (frame.track !== "matching") return columns.map(() => undefined);
    return readPairAgreement(await query(pairAgreementSql(frame, columns), signal), columns);
  }

  const rowsOf = ({ summary }: MeasureProfile): PerSplit<number> => ({
    train: summary.train.rows,
    validation: summary.validation.rows,
    test: summary.test.rows,
  });

  async function profile(columns: readonly ProfiledColumn[], signal?: AbortSignal): Promise<ColumnProfile[]> {
    const modality = columns[0]?.modality;
    switch (modality) {
      case undefined:
        return [];
      case "numeric": {
        const values = await measured(
          columns.map((column) => ({ column, kind: "value" })),
          signal,
        );
        const pairs = await agreements(columns, signal);
        return columns.map((column, i) => ({
          modality,
          column,
          rows: rowsOf(values[i]),
          pairs: pairs[i],
          value: values[i],
        }));
      }
      case "categorical": {
        const values = readValues(await query(valuesSql(frame, columns), signal), columns);
        const pairs = await agreements(columns, signal);
        return columns.map((column, i) => ({
          modality,
          column,
          rows: values[i].rows,
          pairs: pairs[i],
          values: values[i],
        }));
      }
      case "text": {
        const measures = await measured(
          columns.flatMap((column): Measure[] => [
            { column, kind: "length" },
            { column, kind: "words" },
          ]),
          signal,
        );
        const inTrain = readInTrain(await query(inTrainSql(frame, columns), signal), columns);
        const scripts = readScripts(await query(scriptsSql(frame, columns), signal), columns);
        const facts = readTextFacts(await query(textFactsSql(frame, columns), signal), columns, inTrain, scripts);
        const examples = readExamples(await query(examplesSql(frame, columns), signal), columns);
        const pairs = await agreements(columns, signal);
        return columns.map((column, i) => ({
          modality,
          column,
          rows: rowsOf(measures[2 * i]),
          pairs: pairs[i],
          length: measures[2 * i],
          words: measures[2 * i + 1],
          facts: facts[i],
          examples: examples[i],
        }));
      }
      case "image": {
        const bytes = await measured(
          columns.map((column) => ({ column, kind: "bytes" })),
          signal,
        );
        const oneIn = bytes.map(oneInOf);
        const inTrain = readInTrain(await query(inTrainSql(frame, columns), signal), columns);
        const counts = await query(pictureCountsSql(frame, columns), signal);
        const heads = await query(headsSql(frame, columns, oneIn), signal);
        const facts = readPictureFacts({ counts, heads }, columns, inTrain, oneIn);
        const pairs = await agreements(columns, signal);
        return columns.map((column, i) => ({
          modality,
          column,
          rows: rowsOf(bytes[i]),
          pairs: pairs[i],
          bytes: bytes[i],
          facts: facts[i],
        }));
      }
    }
  }

  return {
    profile,
    classes: async (signal) => readClasses(await query(classSizesSql(frame), signal)),
    byClass: async (of, classes, signal) => {
      if (of.modality === "categorical") {
        const drawn = [{ column: of.column, values: of.values }];
        const table = await query(valuesByClassSql(frame, classes, drawn), signal);
        return { counts: readValuesByClass(table, classes, drawn), facts: undefined };
      }
      const measures = drawingsOf(of);
      const drawn = measures.flatMap(({ measure, histogram }) => (histogram ? [{ measure, histogram }] : []));
      const counts =
        drawn.length === 0
          ? []
          : readHistogramsByClass(await query(histogramByClassSql(frame, classes, drawn), signal), classes, drawn);
      const cells = factCells(frame, of, classes);
      return {
        counts: measures.map(({ histogram }) => counts[drawn.findIndex((each) => each.histogram === histogram)]),
        facts: cells && readFacts(await query(cells.sql, signal)),
      };
    },
    strength: async (column, signal) => {
      const asked = quantilesSql(frame, column);
      const keys = keysOf(frame, column, asked === undefined ? undefined : await query(asked, signal));
      if (keys.length === 0) return undefined;
      return readStrength(frame, await query(scoresSql(frame, keys), signal), keys);
    },
    orderStrength: async (signal) => {
      const keys = orderKeys(frame);
      return readStrength(frame, await query(scoresSql(frame, keys), signal), keys);
    },
  };
}

/** 0.1 s for the values of word-sense, 0.3 s for its numbers, 0.8 s for its texts. */
const BY_COST: readonly Modality[] = ["categorical", "numeric", "text", "image"];

/** Columns in the order of what a profile of them takes. */
export function cheapestFirst(columns: readonly ProfiledColumn[]): ProfiledColumn[] {
  return columns.toSorted((a, b) => BY_COST.indexOf(a.modality) - BY_COST.indexOf(b.modality));
}

/** A profile's histograms, the first of which stands for the column; a categorical one has none. */
export function drawingsOf(profile: ColumnProfile): MeasureProfile[] {
  switch (profile.modality) {
    case "numeric":
      return [profile.value];
    case "text":
      return [profile.length, profile.words];
    case "image":
      return [profile.bytes];
    case "categorical":
      return [];
  }
}
