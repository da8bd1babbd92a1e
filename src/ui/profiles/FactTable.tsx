import { ScrollBox } from "../parts/ScrollBox";

export interface FactTableProps {
  caption: string;
  /** The columns' names; the first is that of the rows' names, and may be empty. */
  head: readonly string[];
  /** Every row's name, then its cells. */
  rows: readonly (readonly string[])[];
}

/** A small table of figures; it scrolls sideways where there is no room. */
export function FactTable({ caption, head: [corner, ...head], rows }: FactTableProps) {
  return (
    <ScrollBox className="detail-scroll" label={caption}>
      <table className="detail-table tabular">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {corner ? <th scope="col">{corner}</th> : <td />}
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, i) => (
                <td key={head[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** What a drawing shows, as a table, on demand. */
export function DataTable(props: FactTableProps) {
  return (
    <details className="detail-data">
      <summary>As a table</summary>
      <FactTable {...props} />
    </details>
  );
}
