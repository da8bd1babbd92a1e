import { columnOf, valueAt } from "../../table";
import { FieldName, type FieldsProps, FieldValue, FilterBy, sameLabel, sameValue } from "./fieldParts";

/** A record: what it is called by the label, its pictures, then its fields in the task's order. */
export function RecordFields({ table, manifest, relation, label, filters, onFilter }: FieldsProps) {
  const pictures = manifest.columns.filter((column) => column.modality === "image");
  const others = manifest.columns.filter((column) => column.modality !== "image");
  const named = new Set([...manifest.columns.map((column) => column.name), manifest.label.column, "id"]);
  const rest = table.columns.filter((column) => !named.has(column.name));
  return (
    <>
      <div className="record-label">
        <FieldName name={manifest.label.column} />
        {label === undefined ? (
          <span className="field-missing">held back</span>
        ) : (
          <>
            <strong>{label}</strong>
            <FilterBy filter={sameLabel(relation, manifest, label)} filters={filters} onFilter={onFilter} />
          </>
        )}
      </div>
      {pictures.length > 0 && (
        <div className="record-pictures">
          {pictures.map(({ name }) => (
            <FieldValue key={name} column={columnOf(table, name)} />
          ))}
        </div>
      )}
      <dl className="record">
        {others.map(({ name, modality }) => {
          const column = columnOf(table, name);
          const value = column && valueAt(column, 0);
          return (
            <div key={name} data-long={modality === "text" || undefined}>
              <dt>
                <FieldName name={name} modality={modality} />
              </dt>
              <dd>
                <FieldValue column={column} />
                {modality === "categorical" && (typeof value === "string" || value === null) && (
                  <FilterBy filter={sameValue(relation, name, value)} filters={filters} onFilter={onFilter} />
                )}
              </dd>
            </div>
          );
        })}
        {rest.map((column) => (
          <div key={column.name}>
            <dt>
              <FieldName name={column.name} />
            </dt>
            <dd>
              <FieldValue column={column} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
