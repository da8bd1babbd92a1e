import { checkRange } from "../nets/checks";
import type { Stop } from "../nets/holdout";

export interface MlpOptions {
  epochs: number;
  /** Widths of the hidden layers, rounded up to multiples of four; none makes a linear model of low rank. */
  hidden: number[];
  /** Width of the sparse features' vectors, rounded up to a multiple of four. */
  bag: number;
  /** Width of the layer that the dense features go through, likewise. */
  dense: number;
  /** Adam's rate at its height. */
  rate: number;
  /** Share of a row's features that each step leaves out. */
  dropout: number;
  /** Decoupled weight decay of all but the sparse features' vectors and the biases. */
  l2: number;
  /** Rows a step. */
  batch: number;
  /** Hold out rows, and keep the weights that were best on them. */
  stop?: Stop;
  seed: number;
}

/**
 * Defaults by the size of the data, chosen by log loss and accuracy on grouped inner splits of the training rows of four
 * sample tasks (1,000, 2,800, 8,900 and 57,000 rows). Small data needs many passes; the widths matter little above these.
 */
export function mlpDefaults(
  rows: number,
  classes: number,
  widths: { sparse: number; dense: number },
): Omit<MlpOptions, "seed"> {
  const large = rows > 20_000;
  return {
    epochs: Math.min(60, Math.max(4, Math.round(1200 / Math.sqrt(Math.max(1, rows))))),
    hidden: [128],
    bag: Math.min(widths.sparse <= 32 ? 32 : 128, largestBag(widths.sparse)),
    dense: widths.dense <= 16 ? 32 : classes > 32 ? 96 : 64,
    rate: large ? 0.005 : 0.007,
    dropout: large ? 0.5 : 0.3,
    l2: 0.01,
    batch: large ? 64 : 32,
  };
}

/** Vectors of single precision for all sparse features: more would crowd out the rest of the tab. */
export const MOST_TABLE = 100_000_000;

const largestBag = (sparse: number): number => Math.max(4, Math.floor(MOST_TABLE / Math.max(1, sparse) / 4) * 4);

/** @throws Fault `learner-settings` */
export function checkMlpOptions(options: MlpOptions): void {
  checkRange("epochs", options.epochs, 1, 10_000);
  for (const width of options.hidden) checkRange("a hidden layer", width, 1, 4096);
  checkRange("a bag", options.bag, 1, 1024);
  checkRange("a dense layer", options.dense, 1, 4096);
  checkRange("a rate", options.rate, 1e-7, 10);
  checkRange("a dropout", options.dropout, 0, 0.95);
  checkRange("an l2", options.l2, 0, 100);
  checkRange("a batch", options.batch, 1, 8192);
  if (options.stop) {
    checkRange("a held-out share", options.stop.share, 0.001, 0.9);
    checkRange("a patience", options.stop.patience, 1, 10_000);
  }
}
