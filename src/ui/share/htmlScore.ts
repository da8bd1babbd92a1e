import type { CellValue, NamedComparison, ScoreEntry } from "../../cells";
import { escapeHtml } from "../../share";
import { metricWords } from "../output/metricWords";
import { confusionWords, mostWrong } from "../output/scoreWords";
import { formatCount, formatDifference, formatScore } from "../parts/format";

/** Classes that a confusion matrix shows; those with the most errors come first to mind. */
const SHOWN_CLASSES = 12;

/** A score as a table, a sentence for each comparison, and for each model its classes, folded. */
export function htmlScore({ entries, comparisons, split, metric }: Extract<CellValue, { kind: "score" }>): string {
  const { title } = metricWords(metric);
  const metrics = [...new Set(entries.flatMap(({ scored }) => Object.keys(scored.metrics)))].filter(
    (name) => name !== metric,
  );
  const head = metrics.map((name) => `<th scope="col" class="n">${escapeHtml(metricWords(name).title)}</th>`).join("");
  const body = entries.map(({ name, scored }) => {
    const { value, low, high } = scored.primary;
    const others = metrics.map((each) => `<td class="n">${formatScore(scored.metrics[each] ?? Number.NaN)}</td>`);
    return `<tr><th scope="row">${escapeHtml(name)}</th><td class="n"><b>${formatScore(value)}</b> <small>${formatScore(low)}–${formatScore(high)}</small></td>${others.join("")}</tr>`;
  });
  return `<table><caption>Scored on ${escapeHtml(split)}; ${escapeHtml(title)} with its 95 % interval</caption><thead><tr><th scope="col">predictions</th><th scope="col" class="n">${escapeHtml(title)}</th>${head}</tr></thead><tbody>${body.join("")}</tbody></table>${comparisons.map(verdict).join("")}${entries.map(byClass).join("")}`;
}

function verdict({ a, b, verdict: said, metric, difference }: NamedComparison): string {
  const [left, right] = [a, b].map((name) => `<b>${escapeHtml(name)}</b>`);
  const words =
    said === "no difference seen"
      ? `No difference seen between ${left} and ${right}`
      : `${left} is ${said} than ${right}`;
  const numbers = `${metricWords(metric).title} ${formatDifference(difference.value)}, 95 % interval ${formatDifference(difference.low)} to ${formatDifference(difference.high)}`;
  return `<p>${words}. <small>${escapeHtml(numbers)}</small></p>`;
}

function byClass({ name, scored: { perClass, confusion } }: ScoreEntry): string {
  const classes = perClass.map((each) => each.class);
  const rows = [...perClass]
    .sort((a, b) => a.f1 - b.f1)
    .map(
      (each) =>
        `<tr><th scope="row">${escapeHtml(each.class)}</th><td class="n">${formatScore(each.f1, 2)}</td><td class="n">${formatScore(each.precision, 2)}</td><td class="n">${formatScore(each.recall, 2)}</td><td class="n">${formatCount(each.support)}</td></tr>`,
    );
  return `<details><summary>${escapeHtml(name)} by class</summary><table><thead><tr><th scope="col">class</th><th scope="col" class="n">F1</th><th scope="col" class="n">precision</th><th scope="col" class="n">recall</th><th scope="col" class="n">rows</th></tr></thead><tbody>${rows.join("")}</tbody></table><p>${escapeHtml(confusionWords(confusion, classes))}</p>${matrix(confusion, classes)}</details>`;
}

function matrix(confusion: readonly (readonly number[])[], classes: readonly string[]): string {
  const shown = mostWrong(confusion, SHOWN_CLASSES);
  const head = shown.map((k) => `<th scope="col" class="n">${escapeHtml(classes[k])}</th>`).join("");
  const rows = shown.map((k) => {
    const counts = shown.map(
      (p) => `<td class="n">${p === k ? "<b>" : ""}${confusion[k][p] || "·"}${p === k ? "</b>" : ""}</td>`,
    );
    return `<tr><th scope="row">${escapeHtml(classes[k])}</th>${counts.join("")}</tr>`;
  });
  const part = shown.length < classes.length ? `, the ${shown.length} classes with the most errors` : "";
  return `<table><caption>Rows by their class (down) and what was predicted (across)${part}</caption><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
