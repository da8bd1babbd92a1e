import { join } from "node:path";
import { openGallery } from "./serve";

/** Pictures of the built gallery, to be looked at: `npx tsx tools/gallery/shots.ts <folder> [view…]`. */
const [folder = "/tmp/shots", ...wanted] = process.argv.slice(2);
const { url, browser, close } = await openGallery();
for (const view of wanted.length > 0 ? wanted : ["notebook", "task", "board", "scores"]) {
  for (const theme of ["light", "dark"]) {
    for (const width of [1440, 390]) {
      const phone = width === 390;
      const page = await browser.newPage({
        viewport: { width, height: phone ? 844 : 900 },
        hasTouch: phone,
        isMobile: phone,
      });
      const about = `${view} ${theme} ${width}`;
      page.on("console", (message) => message.type() === "error" && console.log(about, message.text().slice(0, 300)));
      page.on("pageerror", (error) => console.log(about, error.message));
      const edit = view === "notebook" && !phone ? "&edit" : "";
      await page.goto(`${url}?theme=${theme}${edit}#${view}`);
      await page.waitForTimeout(edit ? 5000 : 1800);
      const height = await page.evaluate(() => (document.querySelector(".shell-content")?.scrollHeight ?? 800) + 48);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (sideways > 0) console.log(`${about}: scrolls sideways by ${sideways} px`);
      await page.screenshot({ path: join(folder, `${view}-${theme}-${width}-top.png`) });
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(700);
      // In slices: a picture of six thousand pixels shows nothing.
      const slice = phone ? 1300 : 1100;
      for (let top = 0, part = 1; top < height; top += slice, part++) {
        const clip = { x: 0, y: top, width, height: Math.min(slice, height - top) };
        await page.screenshot({ path: join(folder, `${view}-${theme}-${width}-${part}.png`), clip });
      }
      await page.close();
    }
  }
}
await close();
