import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeAll } from "./apart";
import { DIGESTS, type Digests, digestsOf, readDigests } from "./digests";
import { sha256Of } from "./publish";
import { placesIn, placesOf, taskIds } from "./suite";

/**
 * `npm run samples:verify`: makes every task anew in another folder and compares each file with the one that is served, and
 * the data with `digests.json`. `-- --accept` takes what was made as the new digests: after a change that was meant.
 */
async function main(accept: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "polytab-samples-"));
  try {
    const ids = taskIds();
    const failed = await makeAll(ids, folder);
    const digests: Digests = {};
    const known = accept ? {} : readDigests();
    const wrong = failed.map((id) => `${id} could not be made`);
    for (const id of ids.filter((each) => !failed.includes(each))) {
      const [again, before] = [placesIn(folder, id), placesOf(id)];
      const files = readdirSync(again.served).sort();
      digests[id] = digestsOf(again, files);
      for (const file of files)
        if (sha256Of(join(again.served, file)) !== sha256Of(join(before.served, file)))
          wrong.push(`${id}/${file} is not the one that is served`);
      if (!accept)
        for (const [file, digest] of Object.entries(digests[id]))
          if (known[id]?.[file] !== digest) wrong.push(`${id}: ${file} is not the one of digests.json`);
    }
    if (accept && wrong.length === 0) writeFileSync(DIGESTS, `${JSON.stringify(digests, null, 2)}\n`);
    for (const line of wrong) console.error(line);
    console.log(`samples: ${ids.length} tasks made again, ${wrong.length} differences${accept ? ", accepted" : ""}`);
    if (wrong.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main(process.argv.includes("--accept"));
