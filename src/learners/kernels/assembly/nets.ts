/** The arithmetic of networks: matrix products, convolutions, what stands between them, and the steps of optimisers. */
export { bag, bagDescend } from "./nets/bag";
export { convolve, filterGradient, packFilter, turnFilter } from "./nets/conv";
export { addBias, addRows, crossEntropySlopes, dropout, rectifySlopes, softmax } from "./nets/dense";
export { gemm, gemmTransposed } from "./nets/gemm";
export { moments, normaliseSlopes, scaleRectify } from "./nets/normalise";
export { adam } from "./nets/optimise";
export { averagePixels, paint, pool, spreadPixels, unpool } from "./nets/pictures";
export { addPostings } from "./nets/postings";
