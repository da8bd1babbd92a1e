import { Info, TriangleAlert } from "lucide-react";
import type { Note } from "../../tasks";

/** What the reader should know of the files; warnings first. */
export function NotesList({ notes }: { notes: readonly Note[] }) {
  if (notes.length === 0) return null;
  const ordered = [...notes.filter(({ kind }) => kind === "warning"), ...notes.filter(({ kind }) => kind === "note")];
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">Worth knowing</h2>
      <ul className="import-notes">
        {ordered.map(({ kind, text }) => (
          <li key={text} data-kind={kind}>
            {kind === "warning" ? (
              <TriangleAlert aria-label="Warning" size={15} strokeWidth={2} />
            ) : (
              <Info aria-hidden size={15} strokeWidth={2} />
            )}
            <span>{text}.</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
