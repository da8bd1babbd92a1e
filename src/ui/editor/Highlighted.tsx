import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { useMemo } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { patience } from "../parts/patience";
import "./code.css";
import { highlight, languageOf } from "./highlight";

export interface HighlightedProps {
  source: string;
  language: string;
  /** Lines (from 1) that a fault names. */
  faultLines?: number[];
}

/** Code without an editor: hundreds of cells stay light. Set in the editor's own metrics, so that nothing jumps. */
export function Highlighted({ source, language, faultLines = [] }: HighlightedProps) {
  const content = useMemo(() => {
    const tree = patience.spend(() => highlight(source, language));
    return tree ? toJsxRuntime(tree, { Fragment, jsx, jsxs }) : source;
  }, [source, language]);
  return (
    <pre className="code" data-language={languageOf(language)}>
      {faultLines.length > 0 && <Marks source={source} lines={faultLines} />}
      <code>{content}</code>
      {/* An empty last line has a height in an editor, and none in a <pre>. */}
      {(source === "" || source.endsWith("\n")) && <br />}
    </pre>
  );
}

/** The same text unseen under the code, so that a mark is as high as its line, wrapped or not. */
function Marks({ source, lines }: { source: string; lines: number[] }) {
  return (
    <span aria-hidden className="code-marks">
      {source.split("\n").map((text, index) => (
        <span key={lineName(index)} data-fault={lines.includes(index + 1) || undefined}>
          {text || " "}
        </span>
      ))}
    </span>
  );
}

/** A line has no identity but its place. */
function lineName(index: number): string {
  return `line ${index + 1}`;
}
