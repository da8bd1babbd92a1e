import type { WizardFile } from "../../app";
import type { FileRole } from "../../tasks";
import { useApp } from "../pages/useApp";
import { FaultView } from "../parts/FaultView";
import { formatBytes, formatCountOf } from "../parts/format";

const ROLES: readonly { role: FileRole; words: string }[] = [
  { role: "train", words: "train" },
  { role: "validation", words: "validation" },
  { role: "test", words: "test" },
  { role: "left", words: "left records" },
  { role: "right", words: "right records" },
];

/** The files, what each is taken for, and how it was read. */
export function FilesTable({ files }: { files: readonly WizardFile[] }) {
  const app = useApp();
  return (
    <ul className="import-files">
      {files.map(({ key, file, role, look, fault }) => (
        <li key={key}>
          <span className="import-file-name">{file.name}</span>
          <select
            aria-label={`${file.name} is`}
            value={role ?? ""}
            onChange={(event) => {
              const chosen = ROLES.find((each) => each.role === event.currentTarget.value)?.role;
              void app.wizard.setRole(key, chosen).catch(app.report);
            }}
          >
            {ROLES.map((each) => (
              <option key={each.role} value={each.role}>
                {each.words}
              </option>
            ))}
            <option value="">left out</option>
          </select>
          <span className="muted tabular">
            {[
              look && formatCountOf(look.rows, "row"),
              look && formatCountOf(look.columns.length, "column"),
              formatBytes(file.size),
              look?.how,
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
          {look && look.badRows.length > 0 && <BadRows rows={look.badRows} count={look.badRowCount} />}
          {fault && <FaultView fault={fault} />}
        </li>
      ))}
    </ul>
  );
}

function BadRows({ rows, count }: { rows: NonNullable<WizardFile["look"]>["badRows"]; count: number }) {
  return (
    <details className="import-bad">
      <summary>{formatCountOf(count, "line is no row", "lines are no rows")}</summary>
      <ol>
        {rows.map(({ line, problem, text }) => (
          <li key={line}>
            <span className="tabular">line {line}</span> {problem} <code>{text}</code>
          </li>
        ))}
      </ol>
      {count > rows.length && <p className="muted">and {formatCountOf(count - rows.length, "more", "more")}</p>}
    </details>
  );
}
