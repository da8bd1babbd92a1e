import { type DraftColumn, MODALITIES } from "../../tasks";
import { useApp, useAppState } from "../pages/useApp";
import { MODALITY_ICONS } from "../parts/Chip";
import { formatCount, formatShare } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";

const CHOICES = [...MODALITIES, "ignored"] as const;

/** Every column: what it is taken for and by which rule, some of its values, and a way to correct it. */
export function ColumnsTable({ columns }: { columns: readonly DraftColumn[] }) {
  const app = useApp();
  const modalities = useAppState((state) => state.importing?.about.modalities);
  const choose = (source: string, choice: string): void => {
    const rest = Object.entries(modalities ?? {}).filter(([name]) => name !== source);
    const chosen = CHOICES.find((each) => each === choice);
    const next = chosen ? [...rest, [source, chosen]] : rest;
    void app.wizard.change({ modalities: next.length > 0 ? Object.fromEntries(next) : undefined }).catch(app.report);
  };
  return (
    <ScrollBox label="Columns" className="import-columns">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Read as</th>
            <th scope="col">Because</th>
            <th scope="col">Values</th>
            <th scope="col">Missing</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.name} data-ignored={column.modality === "ignored" || undefined}>
              <th scope="row">{column.name}</th>
              <td>
                <span className="import-modality" data-modality={column.modality}>
                  <ModalityIcon modality={column.modality} />
                  <select
                    aria-label={`${column.name} is read as`}
                    value={column.modality}
                    onChange={(event) => choose(column.source, event.currentTarget.value)}
                  >
                    {CHOICES.map((choice) => (
                      <option key={choice}>{choice}</option>
                    ))}
                  </select>
                </span>
                {column.chosen && (
                  <button type="button" className="import-undo" onClick={() => choose(column.source, "")}>
                    as inferred
                  </button>
                )}
              </td>
              <td>{column.rule}</td>
              <td className="import-values">
                <code title={column.examples.join("\n")}>{column.examples.slice(0, 4).join(" · ")}</code>
              </td>
              <td className="tabular" title={markerWords(column)} data-none={column.missing === 0 || undefined}>
                {column.missing > 0 ? formatShare(column.missing / (column.values + column.missing)) : "–"}
                {column.missing > 0 && <small>{markerWords(column)}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function ModalityIcon({ modality }: { modality: DraftColumn["modality"] }) {
  if (modality === "ignored") return null;
  const Icon = MODALITY_ICONS[modality];
  return <Icon aria-hidden size={14} strokeWidth={2.1} />;
}

/** How missing values are written: `"?" 12, empty 3`. */
function markerWords({ markers }: DraftColumn): string {
  return markers
    .map(({ marker, count }) => `${marker === "" ? "empty" : `“${marker}”`} ${formatCount(count)}`)
    .join(", ");
}
