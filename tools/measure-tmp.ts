import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { polytab } from "/work/w/generic/e2e/polytab";
import { chromiumFlags, findChromium } from "/work/w/generic/tools/chromium";
import { serveFolder } from "/work/w/generic/tools/serve";
// args: notebook:task ...
const found = await findChromium();
const served = await serveFolder({ folder: "/tmp/generic/dist" });
const browser = await chromium.launch({ executablePath: found.path, args: [...chromiumFlags] });
for (const arg of process.argv.slice(2)) {
  const [file, task, ...cells] = arg.split(":");
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    const app = polytab(page);
    await page.goto(served.url);
    await app.ready();
    const text = readFileSync(file.includes("/") ? file : `/work/w/generic/tools/samples/notebooks/${file}.md`, "utf8").replace(/^task: .*/m, `task: ${task || file}`);
    await app.openTask(task || file);
    await app.openNotebook(text);
    const start = performance.now();
    const want = cells.length ? cells : ["result"];
    const reports = await app.run({ cells: want });
    const ms = performance.now() - start;
    for (const r of reports) if (r.fault) console.log("   FAULT", r.name, r.fault.message, r.fault.hint ?? "");
    if (reports.find((r) => r.name === "result")?.status === "ready") {
      const s = await app.score("result");
      console.log(file.split("/").at(-1), "on", task || file, s.primary.metric, s.primary.value.toFixed(4), `${(ms / 1000).toFixed(1)}s`, reports.filter((r) => r.tookMs).map((r) => `${r.name} ${(r.tookMs! / 1000).toFixed(1)}`).join(", "));
    }
  } catch (e) { console.log(file, task, String(e).slice(0, 300)); }
  await context.close();
}
await browser.close();
await served.close();
