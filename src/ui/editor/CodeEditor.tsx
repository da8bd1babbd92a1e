import { Component, lazy, type ReactNode, type Ref, Suspense } from "react";
import { COARSE, useMedia } from "../parts/useMedia";
import { Highlighted } from "./Highlighted";
import { PlainEditor } from "./PlainEditor";
import type { EditorHandle, EditorProps } from "./types";

// Not before its grammars: the highlighted text would lose its colours and get them back a moment later.
const MonacoEditor = lazy(async () => {
  const editor = await import("./MonacoEditor");
  await editor.grammarsLoaded;
  return editor;
});

/**
 * The editor of a cell's text. Monaco, which is fetched when the first one is shown (the highlighted text stands in its
 * place meanwhile); a plain text area for fingers, and where Monaco does not load.
 */
export function CodeEditor(props: EditorProps & { ref?: Ref<EditorHandle> }) {
  const coarse = useMedia(COARSE);
  const plain = <PlainEditor {...props} />;
  if (coarse) return plain;
  return (
    <Instead fallback={plain}>
      <Suspense
        fallback={
          <div className="editor">
            <Highlighted source={props.value} language={props.language} />
          </div>
        }
      >
        <MonacoEditor {...props} />
      </Suspense>
    </Instead>
  );
}

/** Shows `fallback` once its content could not be drawn. */
class Instead extends Component<{ fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
