import { Check, Copy } from "lucide-react";
import type { TaskManifest } from "../../tasks";
import { Button } from "../parts/Button";
import { useCopy } from "../parts/useCopy";
import "./detail.css";

/** How to cite a task: who made the data, under which licences, and from what it was made. */
export function CiteLine({ manifest }: { manifest: TaskManifest }) {
  const { copied, copy } = useCopy();
  const text = citationOf(manifest);
  return (
    <div className="cite">
      <p className="cite-text">
        <b>Cite</b> {text}
      </p>
      <Button small icon={copied ? Check : Copy} onClick={() => copy(text)}>
        {copied ? "Copied" : "Copy"}
      </Button>
    </div>
  );
}

export function citationOf({ title, id, attribution, source, licence }: TaskManifest): string {
  const sources = attribution.map((each) => `${each.name} (${[each.licence, each.url].filter(Boolean).join(", ")})`);
  const data = sources.length > 0 ? ` Data: ${sources.join("; ")}.` : "";
  return `${withStop(title)} Polytab task “${id}”, ${withStop(licence)}${data} ${source}`.trim();
}

function withStop(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
