import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TOOLBOX_DECLARATIONS } from "../../src/sandbox/toolbox/declarations";
import { readModels } from "../baselines/check";
import { baselineTable } from "../baselines/lead";
import { FOLDERS } from "../baselines/suite";
import { root } from "../command";
import { declaredIn, membersOf } from "./declared";
import { entryOf, referenceOf, withMade } from "./markdown";

const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Each document that is made in part from the sources, with what it has to say now. */
export function madeDocuments(): { path: string; text: string }[] {
  const toolbox = declaredIn(TOOLBOX_DECLARATIONS).filter(({ name }) => name !== "TextFeature");
  const automation = membersOf(read("src/app/automation.ts"), "Polytab");
  return [
    { path: "docs/toolbox.md", text: withMade(read("docs/toolbox.md"), "toolbox", referenceOf(toolbox, 2)) },
    {
      path: "docs/automation.md",
      text: withMade(
        read("docs/automation.md"),
        "automation",
        automation.map((member) => entryOf(member, 3)).join("\n\n"),
      ),
    },
    {
      path: "docs/learners.md",
      text: withMade(read("docs/learners.md"), "baselines", baselineTable(readModels(FOLDERS)?.models ?? [])),
    },
  ];
}

/** `npm run reference`: writes them. A test holds them against the sources. */
if (import.meta.filename === process.argv[1])
  for (const { path, text } of madeDocuments()) writeFileSync(join(root, path), text);
