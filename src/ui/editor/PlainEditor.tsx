import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef } from "react";
import "./code.css";
import { chordOf, SPLIT_KEYS } from "../notebook/chords";
import { offsetOf } from "./places";
import type { EditorHandle, EditorProps } from "./types";

/** The same text in a plain text area: for fingers, small screens and where the editor cannot load. Tab always leaves. */
export function PlainEditor(props: EditorProps & { ref?: Ref<EditorHandle> }) {
  const { value, onChange, actions = [], onSplit, onEscape, markers = [], autoFocus, readOnly, ariaLabel, ref } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const goTo = (line: number, column: number) => {
    const offset = offsetOf(value, line, column);
    area.current?.focus();
    area.current?.setSelectionRange(offset, offset);
  };
  useImperativeHandle(ref, () => ({ goTo, focus: () => area.current?.focus() }));
  useEffect(() => {
    if (autoFocus) area.current?.focus();
  }, [autoFocus]);
  const { at } = props;
  const latest = useRef(goTo);
  latest.current = goTo;
  useEffect(() => {
    if (at) latest.current(at.line, at.column);
  }, [at]);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") return onEscape?.();
    const chord = chordOf(event);
    const action = actions.find(({ keys }) => keys === chord);
    if (action) action.run();
    else if (chord === SPLIT_KEYS && onSplit) onSplit(event.currentTarget.selectionStart);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div>
      <textarea
        ref={area}
        className="plain-editor"
        aria-label={ariaLabel}
        value={value}
        readOnly={readOnly}
        rows={Math.max(2, value.split("\n").length)}
        spellCheck={props.language === "markdown"}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {markers.length > 0 && (
        <ul className="plain-markers">
          {markers.map((marker) => (
            <li key={`${marker.line}:${marker.column}:${marker.message}`} data-severity={marker.severity}>
              <button type="button" onClick={() => goTo(marker.line, marker.column)}>
                line {marker.line}: {marker.message}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
