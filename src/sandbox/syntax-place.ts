/** A parser's complaint about a text, at an offset. */
export interface Complaint {
  message: string;
  offset: number;
}

const INSERTED = "async ";
const DEEPEST_NESTING = 100;

/**
 * The real place of a syntax error that Sucrase puts at an arrow.
 *
 * Sucrase reads `(a) => …` by trying; an error in the arrow's body makes it go back and complain of the `=>` itself,
 * lines above the slip. With `async` before the parameters it does not go back. So the arrow complained of is made
 * asynchronous in a copy of the text, from the outermost to the innermost, until the complaint is of something else.
 * `complaintOf` parses a text and gives its complaint, if it has one.
 */
export function innermostComplaint(
  source: string,
  first: Complaint,
  complaintOf: (text: string) => Complaint | undefined,
): Complaint {
  let text = source;
  let complaint = first;
  let found = first;
  const insertions: number[] = [];
  for (let depth = 0; depth < DEEPEST_NESTING; depth++) {
    const start = startOfParameters(text, complaint.offset);
    if (start === undefined) break;
    text = text.slice(0, start) + INSERTED + text.slice(start);
    insertions.push(start);
    const next = complaintOf(text);
    const offset = next && originalOffset(next.offset, insertions);
    // A complaint further up is one that the insertion made: the one before it stands.
    if (!next || offset === undefined || offset <= found.offset) break;
    complaint = next;
    found = { message: next.message, offset };
  }
  return found;
}

/** Where the parameters before an arrow begin: a name, or the parenthesis that matches the last one before it. */
function startOfParameters(text: string, arrow: number): number | undefined {
  const before = text.slice(0, arrow).trimEnd();
  const isArrow = text.startsWith("=>", arrow);
  const name = isArrow && /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(before);
  if (name) return name.index;
  // In `(a): T => …` the complaint is of the colon.
  if (!before.endsWith(")") || !(isArrow || text[arrow] === ":")) return undefined;
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    if (before[at] === ")") depth++;
    else if (before[at] === "(" && --depth === 0) return at;
  }
  return undefined;
}

function originalOffset(offset: number, insertions: readonly number[]): number {
  return insertions.reduceRight(
    (at, start) => (at >= start + INSERTED.length ? at - INSERTED.length : Math.min(at, start)),
    offset,
  );
}
