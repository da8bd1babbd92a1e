import { ArrowDown, ArrowUp, CaseSensitive, Regex, WholeWord, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { faultDataOf } from "../../base";
import { findInNotebook, type Match, type Notebook, type SearchQuery } from "../../notebook";
import { Button, IconButton } from "../parts/Button";
import { formatCount } from "../parts/format";
import { clearFound, markFound } from "./foundMarks";
import "./keys.css";
import { useApp } from "./useApp";

const NOTHING: SearchQuery = { text: "", matchCase: false, wholeWord: false, pattern: false };

/** Finds in every cell's source, and replaces there. */
export function FindBar({ notebook }: { notebook: Notebook }) {
  const app = useApp();
  const [query, setQuery] = useState(NOTHING);
  const [replacement, setReplacement] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const { found, fault } = useMemo(() => search(notebook, query), [notebook, query]);
  const place = found.length === 0 ? undefined : at % found.length;
  const match = place === undefined ? undefined : found[place];

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (match) {
      app.view.fold("folded", [match.cell], false);
      app.view.select(match.cell);
    }
  }, [app, match]);
  useEffect(() => {
    markFound(found, match);
    return clearFound;
  });

  const close = (): void => app.view.show(undefined);
  const step = (by: number): void => {
    if (place !== undefined) setAt((place + by + found.length) % found.length);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === field.current) step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const toggle = (key: "matchCase" | "wholeWord" | "pattern") => ({
    small: true,
    "aria-pressed": query[key],
    onClick: () => setQuery({ ...query, [key]: !query[key] }),
  });
  return (
    <search className="find" aria-label="Find and replace" onKeyDown={onKeyDown}>
      <div className="find-row">
        <input
          ref={field}
          value={query.text}
          placeholder="Find in all cells"
          aria-label="Find"
          spellCheck={false}
          onChange={(event) => {
            setAt(0);
            setQuery({ ...query, text: event.target.value });
          }}
        />
        <IconButton icon={CaseSensitive} label="Match the case" {...toggle("matchCase")} />
        <IconButton icon={WholeWord} label="Whole words" {...toggle("wholeWord")} />
        <IconButton icon={Regex} label="Regular expression" {...toggle("pattern")} />
        <span className="find-count tabular" role="status">
          {query.text === ""
            ? ""
            : place === undefined
              ? "none"
              : `${formatCount(place + 1)} of ${formatCount(found.length)}`}
        </span>
        <IconButton small icon={ArrowUp} label="Match before" keys="⇧ Enter" onClick={() => step(-1)} />
        <IconButton small icon={ArrowDown} label="Next match" keys="Enter" onClick={() => step(1)} />
        <IconButton small icon={X} label="Close the search" keys="Esc" onClick={close} />
      </div>
      <div className="find-row">
        <input
          value={replacement}
          placeholder="Replace by"
          aria-label="Replace by"
          spellCheck={false}
          onChange={(event) => setReplacement(event.target.value)}
        />
        <Button small disabled={!match} onClick={() => app.notebooks.replace(query, replacement, match)}>
          Replace
        </Button>
        <Button small disabled={!match} onClick={() => app.notebooks.replace(query, replacement)}>
          Replace all
        </Button>
      </div>
      {fault && <p className="find-fault">{fault}</p>}
    </search>
  );
}

function search(notebook: Notebook, query: SearchQuery): { found: Match[]; fault?: string } {
  try {
    return { found: findInNotebook(notebook, query) };
  } catch (error) {
    return { found: [], fault: faultDataOf(error).message };
  }
}
