import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFile, packageVersion, ROOT } from "../packages";

/** A package whose data a task takes, and what its licence asks to be said. */
export interface Source {
  package: string;
  /** Who made the data, as the credit line says it. */
  name: string;
  /** SPDX. */
  licence: string;
  url: string;
  /** The notice that has to go with the data. */
  text: string;
  changes?: string;
}

/** The task's licence: what all its sources ask together, as an SPDX expression. */
export function licenceOf(sources: readonly Source[]): string {
  return [...new Set(sources.flatMap((source) => source.licence.split(" AND ")))].sort().join(" AND ");
}

/** `LICENCES.txt`: each source's credit, changes and notice, then every licence's text once. */
export function licencesText(title: string, sources: readonly Source[]): string {
  const rule = "=".repeat(100);
  const credits = sources.map((source) =>
    [
      `${source.name}`,
      `  taken from  npm package ${source.package} ${packageVersion(source.package)}`,
      `  licence     ${source.licence}`,
      `  home        ${source.url}`,
      `  notice      ${source.text}`,
      ...(source.changes ? [`  changes     ${source.changes}`] : []),
    ].join("\n"),
  );
  const files = sources.flatMap((source) => {
    const own = ["LICENSE", "LICENSE.txt", "LICENSE.md", "license.txt"].find((file) =>
      existsSync(packageFile(source.package, file)),
    );
    return own ? [`${source.package}/${own}\n\n${readFileSync(packageFile(source.package, own), "utf8").trim()}`] : [];
  });
  const texts = licenceOf(sources)
    .split(" AND ")
    .map((spdx) => `${spdx}\n\n${readFileSync(join(ROOT, "tools/samples/licences", `${spdx}.txt`), "utf8").trim()}`);
  return `${[`${title}: credits and licences of the data\n\n${credits.join("\n\n")}`, ...files, ...texts].join(`\n\n${rule}\n`)}\n`;
}
