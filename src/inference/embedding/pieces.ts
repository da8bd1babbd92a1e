/** The pieces of a vocabulary: each with its logarithmic probability; a piece's number is its place in the list. */
export interface Pieces {
  pieces: readonly (readonly [piece: string, score: number])[];
  /** So many at the beginning stand for no text: the unknown one is the first. */
  reserved: number;
  /** Only so many pieces of a text are read. */
  longest: number;
}

export type Tokenise = (text: string) => number[];

const SPACE = "\u2581";
const UNKNOWN = 0;
/** How much less likely than the rarest piece a letter is that is in no piece (sentencepiece's kUnkPenalty). */
const UNKNOWN_PENALTY = 10;

/**
 * Cuts texts into the likeliest sequence of pieces (unigram model of sentencepiece, by Viterbi): NFKC, spaces as "\u2581", one
 * before the text; letters in no piece are unknown, several in a row once.
 */
export function createTokeniser({ pieces, reserved, longest }: Pieces): Tokenise {
  const known = new Map<string, number>();
  let longestPiece = 1;
  let least = 0;
  for (let number = reserved; number < pieces.length; number++) {
    const [piece, score] = pieces[number];
    known.set(piece, number);
    longestPiece = Math.max(longestPiece, [...piece].length);
    least = Math.min(least, score);
  }
  const unknown = least - UNKNOWN_PENALTY;

  return (text) => {
    const normal = text.normalize("NFKC").replace(/\s+/g, " ").trim();
    if (normal === "") return [];
    // Pieces longer than the reader's patience: what is cut off could not be among the first `longest` pieces.
    const letters = [...(SPACE + normal.replaceAll(" ", SPACE))].slice(0, longest * longestPiece);
    const best = new Float64Array(letters.length + 1).fill(Number.NEGATIVE_INFINITY);
    const piece = new Int32Array(letters.length + 1);
    const from = new Int32Array(letters.length + 1);
    best[0] = 0;
    for (let start = 0; start < letters.length; start++) {
      let candidate = "";
      const offer = (end: number, number: number, score: number): void => {
        if (best[start] + score <= best[end]) return;
        best[end] = best[start] + score;
        piece[end] = number;
        from[end] = start;
      };
      for (let end = start + 1; end <= Math.min(letters.length, start + longestPiece); end++) {
        candidate += letters[end - 1];
        const number = known.get(candidate);
        if (number !== undefined) offer(end, number, pieces[number][1]);
      }
      offer(start + 1, UNKNOWN, unknown);
    }
    const numbers: number[] = [];
    for (let end = letters.length; end > 0; end = from[end])
      if (piece[end] !== UNKNOWN || numbers[numbers.length - 1] !== UNKNOWN) numbers.push(piece[end]);
    return numbers.reverse().slice(0, longest);
  };
}
