import type { Diagnosis } from "./facts";
import type { TestStep } from "./self-test";

/** The diagnostics as text, for whoever mends what is wrong: no notebook, no row, no file name of the reader's is in it. */
export function reportText({ sections, requests }: Diagnosis, steps: readonly TestStep[]): string {
  const lines = sections.flatMap(({ title, facts }) => [
    `## ${title}`,
    "",
    ...facts.map(({ name, value, note }) => `- ${name}: ${value}${note ? ` (${note})` : ""}`),
    "",
  ]);
  const tested = steps.filter(({ status }) => status !== "waiting");
  if (tested.length > 0)
    lines.push(
      "## Self-test",
      "",
      ...tested.map(
        ({ name, status, said, tookMs }) =>
          `- ${name}: ${status}${tookMs === undefined ? "" : `, ${Math.round(tookMs)} ms`}${said && `, ${said}`}`,
      ),
      "",
    );
  lines.push(
    `## Requests (${requests.length})`,
    "",
    ...requests.map(
      ({ address, status, bytes, tookMs }) => `- ${address} ${status ?? "-"} ${bytes} B ${Math.round(tookMs)} ms`,
    ),
    "",
  );
  return `# Polytab diagnostics\n\n${lines.join("\n")}`;
}
