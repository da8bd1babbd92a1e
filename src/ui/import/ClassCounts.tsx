import type { ImportDraft } from "../../tasks";
import { formatCount } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";

const SHOWN = 8;

/** The commonest classes with their rows in each split. */
export function ClassCounts({ classes }: { classes: ImportDraft["label"]["classes"] }) {
  return (
    <ScrollBox label="Classes" className="import-classes">
      <table className="tabular">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Train</th>
            <th scope="col">Validation</th>
            <th scope="col">Test</th>
          </tr>
        </thead>
        <tbody>
          {classes.slice(0, SHOWN).map(({ name, rows }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{formatCount(rows.train)}</td>
              <td>{formatCount(rows.validation)}</td>
              <td>{rows.test > 0 ? `${formatCount(rows.test)}, held back` : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
