/**
 * Jaro similarity in Unicode code points, 0 to 1 (Jaro 1989). Characters match within half the longer length minus
 * one; 0 where either text is empty.
 */
export function jaro(a: string, b: string): number {
  return jaroOf(Array.from(a), Array.from(b));
}

/**
 * Jaro-Winkler similarity, 0 to 1 (Winkler 1990): Jaro, raised by a tenth of the rest for each of the first four
 * characters that agree, where Jaro is above 0.7.
 */
export function jaroWinkler(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  const weight = jaroOf(left, right);
  if (weight <= 0.7) return weight;
  const longest = Math.min(left.length, right.length, 4);
  let prefix = 0;
  while (prefix < longest && left[prefix] === right[prefix]) prefix++;
  return weight + prefix * 0.1 * (1 - weight);
}

function jaroOf(left: string[], right: string[]): number {
  if (left.length === 0 || right.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1);
  const leftMatched: number[] = [];
  const taken = new Uint8Array(right.length);
  for (let i = 0; i < left.length; i++) {
    const high = Math.min(i + reach, right.length - 1);
    for (let j = Math.max(0, i - reach); j <= high; j++) {
      if (taken[j] || right[j] !== left[i]) continue;
      taken[j] = 1;
      leftMatched.push(i);
      break;
    }
  }
  const common = leftMatched.length;
  if (common === 0) return 0;
  let outOfOrder = 0;
  let j = 0;
  for (const i of leftMatched) {
    while (!taken[j]) j++;
    if (left[i] !== right[j]) outOfOrder++;
    j++;
  }
  const transpositions = Math.floor(outOfOrder / 2);
  return (common / left.length + common / right.length + (common - transpositions) / common) / 3;
}
