/** Of the slices that are told, this share is to be expected to be chance, at most. */
export const FALSE_SHARE = 0.05;

/** No slice has fewer rows, or leaves fewer out. */
export const LEAST_ROWS = 20;
