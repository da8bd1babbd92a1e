import { ArrowLeft, Play } from "lucide-react";
import { useRef } from "react";
import { formatRoute } from "../../app";
import { Prose } from "../output/Prose";
import { useApp, useAsked } from "../pages/useApp";
import { Button } from "../parts/Button";
import { EmptyState, Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { DOCUMENTS, type Document, documentNamed, textOf } from "./documents";
import { partsOf, readable } from "./readable";
import "./docs.css";

/** The documentation: a list of the documents, or one of them. */
export function DocsPage({ name }: { name?: string }) {
  if (name === undefined) return <DocumentList />;
  const document = documentNamed(name);
  if (document) return <DocumentPage key={name} document={document} />;
  return (
    <EmptyState
      title={`There is no document “${name}”`}
      actions={<a href={formatRoute({ page: "docs" })}>All documents</a>}
    />
  );
}

function DocumentList() {
  return (
    <article className="page">
      <h1>Documentation</h1>
      <p className="lead">Two tutorials that are notebooks, and a page for each thing that one looks up.</p>
      {DOCUMENTS.map(({ title, documents }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul className="docs-list">
            {documents.map((document) => (
              <li key={document.name}>
                <a href={formatRoute({ page: "docs", name: document.name })}>{document.title}</a>
                <span className="muted">{document.about}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </article>
  );
}

function DocumentPage({ document }: { document: Document }) {
  const app = useApp();
  const asked = useAsked(document.name, () => textOf(document));
  const body = useRef<HTMLDivElement>(null);
  // Its title stands over the page's contents.
  const text = asked.status === "ready" ? readable(asked.value).replace(/^\s*# .*\n/, "") : "";
  const parts = partsOf(text);
  const show = (part: number) => {
    const heading = body.current?.querySelectorAll("h2")[part];
    heading?.scrollIntoView({ block: "start" });
    if (heading) heading.tabIndex = -1;
    heading?.focus({ preventScroll: true });
  };
  return (
    <article className="page docs" data-wide>
      <div className="docs-bar">
        <a className="docs-back" href={formatRoute({ page: "docs" })}>
          <ArrowLeft aria-hidden size={14} /> All documents
        </a>
        {document.notebook && asked.status === "ready" && (
          <Button look="main" icon={Play} onClick={() => void app.notebooks.openText(asked.value).catch(app.report)}>
            Open as a notebook
          </Button>
        )}
      </div>
      <h1>{document.title}</h1>
      {asked.status === "loading" && <Skeleton lines={8} />}
      {asked.status === "failed" && <FaultView fault={asked.fault} />}
      {asked.status === "ready" && (
        <div className="docs-body">
          {parts.length > 2 && (
            <nav className="docs-parts" aria-label="On this page">
              <h2>On this page</h2>
              <ul>
                {parts.map((part, at) => (
                  <li key={part}>
                    <button type="button" onClick={() => show(at)}>
                      {part}
                    </button>
                  </li>
                ))}
              </ul>
            </nav>
          )}
          <div ref={body} className="docs-text">
            <Prose>{text}</Prose>
          </div>
        </div>
      )}
    </article>
  );
}
