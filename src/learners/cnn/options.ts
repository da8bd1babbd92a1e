import { checkRange, learnerInput } from "../nets/checks";
import type { Stop } from "../nets/holdout";

export interface CnnOptions {
  epochs: number;
  /** Of each stage: a convolution of 3 x 3, then half the size. Rounded up to multiples of four. */
  channels: number[];
  /** Adam's rate at its height. */
  rate: number;
  /** Rows a step. */
  batch: number;
  /** Move every picture by up to a pixel in each step. */
  augment: boolean;
  /** Hold out rows, and keep the weights that were best on them. */
  stop?: Stop;
  seed: number;
}

/** @throws Fault `learner-settings`, `learner-input` where the pictures are too small for so many stages */
export function checkCnnOptions(options: CnnOptions, size: number): void {
  checkRange("epochs", options.epochs, 1, 10_000);
  checkRange("stages", options.channels.length, 1, 8);
  for (const channels of options.channels) checkRange("channels", channels, 1, 1024);
  checkRange("a rate", options.rate, 1e-7, 10);
  checkRange("a batch", options.batch, 1, 4096);
  if (options.stop) {
    checkRange("a held-out share", options.stop.share, 0.001, 0.9);
    checkRange("a patience", options.stop.patience, 1, 10_000);
  }
  const factor = 2 ** options.channels.length;
  if (size > 0 && size % factor === 0) return;
  throw learnerInput(
    `Cannot train on pictures of ${size} x ${size} pixels with ${options.channels.length} stages`,
    `Each stage halves the size: resize the pictures to a multiple of ${factor} pixels, or use fewer stages.`,
  );
}
