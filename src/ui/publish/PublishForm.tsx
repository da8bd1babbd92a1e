import { type ReactNode, useId } from "react";
import type { PublishAbout } from "../../tasks";

const LICENCES = ["CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "MIT", "Apache-2.0", "ODbL-1.0"];

/** What is said of a task that is published. */
export function PublishForm({ about, onChange }: { about: PublishAbout; onChange: (about: PublishAbout) => void }) {
  const change = (part: Partial<PublishAbout>): void => onChange({ ...about, ...part });
  const credit = (part: Partial<PublishAbout["credit"]>): void => change({ credit: { ...about.credit, ...part } });
  const suggestions = useId();
  return (
    <div className="publish-form">
      <Field label="Title">
        {(id) => <input id={id} value={about.title} onChange={(e) => change({ title: e.currentTarget.value })} />}
      </Field>
      <Field label="Folder">
        {(id) => (
          <input id={id} value={about.id} spellCheck={false} onChange={(e) => change({ id: e.currentTarget.value })} />
        )}
      </Field>
      <Field label="Made by">
        {(id) => (
          <input
            id={id}
            value={about.credit.name}
            placeholder="a person, team or company"
            onChange={(e) => credit({ name: e.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Home page">
        {(id) => (
          <input
            id={id}
            value={about.credit.url}
            placeholder="https://… (may be left out)"
            onChange={(e) => credit({ url: e.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Licence" wide>
        {(id) => (
          <>
            <input
              id={id}
              value={about.licence}
              list={suggestions}
              placeholder="CC-BY-4.0, or in your own words"
              onChange={(e) => change({ licence: e.currentTarget.value })}
            />
            <datalist id={suggestions}>
              {LICENCES.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label="Where the rows come from" wide>
        {(id) => (
          <textarea id={id} rows={2} value={about.source} onChange={(e) => change({ source: e.currentTarget.value })} />
        )}
      </Field>
      <Field label="Description, in Markdown" wide>
        {(id) => (
          <textarea
            id={id}
            rows={7}
            value={about.description}
            onChange={(e) => change({ description: e.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  );
}

function Field({ label, wide, children }: { label: string; wide?: boolean; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="publish-field" data-wide={wide || undefined}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
