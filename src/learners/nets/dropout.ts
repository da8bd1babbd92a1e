/** What the kernels need to leave out a share of the numbers and to scale up the rest, so that sums keep their mean. */
export interface Dropout {
  /** Of 2^31. */
  threshold: number;
  factor: number;
}

export const NO_DROPOUT: Dropout = { threshold: 0, factor: 1 };

export const dropoutOf = (share: number): Dropout =>
  share > 0 ? { threshold: Math.floor(share * 2 ** 31), factor: 1 / (1 - share) } : NO_DROPOUT;
