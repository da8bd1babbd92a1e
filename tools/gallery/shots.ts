import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { chromium } from "@playwright/test";

/** Pictures of the built gallery, to be looked at: `npx tsx tools/gallery/shots.ts <folder> [view…]`. */
const [folder = "/tmp/shots", ...wanted] = process.argv.slice(2);
const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
};
const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? "/", "http://x").pathname;
  try {
    const body = await readFile(join(import.meta.dirname, "dist", path === "/" ? "index.html" : path));
    response.writeHead(200, { "content-type": types[extname(path)] ?? "text/html" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0);
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const views = wanted.length > 0 ? wanted : ["notebook", "task", "board"];
for (const view of views) {
  for (const theme of ["light", "dark"]) {
    for (const width of [1440, 390]) {
      const page = await browser.newPage({
        viewport: { width, height: width === 390 ? 844 : 900 },
        hasTouch: width === 390,
        isMobile: width === 390,
      });
      page.on(
        "console",
        (message) => message.type() === "error" && console.log(view, theme, width, message.text().slice(0, 300)),
      );
      page.on("pageerror", (error) => console.log(view, theme, width, error.message));
      const edit = view === "notebook" && width === 1440 ? "&edit" : "";
      await page.goto(`http://localhost:${port}/?theme=${theme}${edit}#${view}`);
      await page.waitForTimeout(edit ? 5000 : 1800);
      const height = await page.evaluate(() => {
        const content = document.querySelector(".shell-content");
        return Math.min(6400, (content?.scrollHeight ?? 800) + 48);
      });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) console.log(`${view} ${theme} ${width}: scrolls sideways by ${wide} px`);
      await page.screenshot({ path: join(folder, `${view}-${theme}-${width}-top.png`) });
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(700);
      // In slices: a picture of six thousand pixels shows nothing.
      const slice = width === 390 ? 1300 : 1100;
      for (let top = 0, part = 1; top < height; top += slice, part++) {
        const clip = { x: 0, y: top, width, height: Math.min(slice, height - top) };
        await page.screenshot({ path: join(folder, `${view}-${theme}-${width}-${part}.png`), clip });
      }
      await page.close();
    }
  }
}
await browser.close();
server.close();
