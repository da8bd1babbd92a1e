import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { type CSSProperties, useMemo } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import "./code.css";
import { highlight } from "./highlight";

export interface HighlightedProps {
  source: string;
  language: string;
  /** Lines (from 1) that a fault names. */
  faultLines?: number[];
}

/** Code without an editor: hundreds of cells stay light. Set in the editor's own metrics, so that nothing jumps. */
export function Highlighted({ source, language, faultLines = [] }: HighlightedProps) {
  const content = useMemo(() => {
    const tree = highlight(source, language);
    return tree ? toJsxRuntime(tree, { Fragment, jsx, jsxs }) : source;
  }, [source, language]);
  return (
    <pre className="code">
      {faultLines.map((line) => (
        <span key={line} aria-hidden className="code-fault" style={{ "--line": line - 1 } as CSSProperties} />
      ))}
      <code>{content}</code>
      {/* An empty last line has a height in an editor, and none in a <pre>. */}
      {(source === "" || source.endsWith("\n")) && <br />}
    </pre>
  );
}
