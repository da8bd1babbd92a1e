import { Check, Copy } from "lucide-react";
import { bibtexOf, citationOf, type TaskManifest } from "../../tasks";
import { Button } from "../parts/Button";
import { useCopy } from "../parts/useCopy";
import "./detail.css";

/** How to cite a task: who made the data, under which licences, and from what it was made. */
export function CiteLine({ manifest }: { manifest: TaskManifest }) {
  const text = citationOf(manifest);
  return (
    <div className="cite">
      <p className="cite-text">
        <b>Cite</b> {text}
      </p>
      <div className="cite-actions">
        <CopyButton text={text}>Copy</CopyButton>
        <CopyButton text={bibtexOf(manifest)}>BibTeX</CopyButton>
      </div>
    </div>
  );
}

function CopyButton({ text, children }: { text: string; children: string }) {
  const { copied, copy } = useCopy();
  return (
    <Button small icon={copied ? Check : Copy} onClick={() => copy(text)}>
      {copied ? "Copied" : children}
    </Button>
  );
}
