import type { Page } from "@playwright/test";
import { deflateSync, zipSync } from "fflate";
import { encodeLink } from "../../src/share";
import { sealed } from "../../src/share/link";
import { expect, polytab, test as watched } from "../fixtures";
import { BOMBS, CODE, LEAVING, PROSE, RESULTS, SQL, tryAll, WITHOUT_CONTROL } from "./attempts";
import { type Listener, openListener } from "./listener";

const test = watched.extend<{ listener: Listener }>({
  listener: async ({ watch }, use) => {
    const listener = await openListener();
    // What the policy refuses is told in the console, and Playwright tells of requests that never left the page. What
    // counts is what the listener hears.
    watch.expectError(/Content Security Policy|request to another host: (?:https?|ws):\/\/127\.0\.0\.1:/);
    await use(listener);
    await listener.close();
  },
});

const FRONT = "---\npolytab: 1\ntitle: From a stranger\ntask: emoji-aisle\n---\n";
const FINE = "```sql fine\nselect count(*) as n from train\n```\n";
const block = (kind: string, name: string, source: string): string => `\`\`\`${kind} ${name}\n${source}\n\`\`\`\n`;
const linkOf = (markdown: string): string => `#nb=${encodeLink({ markdown })}`;
const armed = (text: string, name: string, url: string): string =>
  text.replaceAll("URL", url).replaceAll("PWN", `(top.pwned??=[]).push('${name.replaceAll("'", "")}')`);
const proseUrl = (listener: Listener, index: number): string => `${listener.url}prose-${index}`;

async function agree(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run all" }).click();
  await page.getByRole("button", { name: "Run the notebook" }).click();
}

/** The page is as it was: nothing of a stranger's ran in it, and it computes. */
async function expectWhole(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    pwned: Reflect.get(window, "pwned"),
    polluted: Reflect.get({}, "polluted"),
    foreign: document.querySelectorAll("#root :is(script, iframe, object, embed, video, link, style, base)").length,
    unsafe: document.querySelectorAll('#root :is([onload], [onerror], a[href^="javascript" i])').length,
  }));
  expect(found).toEqual({ pwned: undefined, polluted: undefined, foreign: 0, unsafe: 0 });
  expect(await polytab(page).run({ cells: ["fine"] })).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ name: "fine", status: "ready" })]) as never,
  );
  expect(await polytab(page).table("fine")).toEqual([{ n: expect.any(Number) }]);
}

test("a stranger's link: nothing runs before the click, and after it nothing gets out", async ({
  page,
  listener,
  baseURL,
}) => {
  const tries = tryAll({ ...CODE, ...LEAVING }, listener.url);
  const markdown = [
    FRONT,
    ...Object.entries(PROSE).map(
      ([name, { markdown }], index) => `${armed(markdown, name, proseUrl(listener, index))}\n`,
    ),
    FINE,
    block("ts", "code", `const scope = globalThis as any, home = "${baseURL}index.html";\nexport default ${tries};`),
    ...Object.values(SQL).map((sql, index) => block("sql", `sql_${index}`, armed(sql, "", listener.url))),
    ...Object.entries(RESULTS).map(([name, { kind, source }], index) =>
      block(kind, `result_${index}`, armed(source, name, listener.url)),
    ),
  ].join("\n");
  const answered: string[] = [];
  page.on("response", (response) => answered.push(response.url()));
  await page.goto(linkOf(markdown));
  await expect(page.getByText("Nothing has run")).toBeVisible();

  await test.step("before the click all code is there to read, and no engine, worker or frame", async () => {
    await expect(page.getByRole("region", { name: / cell code$/ })).toContainText("scope.fetch(url)");
    expect(new Set((await polytab(page).cells()).map(({ status }) => status))).toEqual(new Set(["idle"]));
    await page.waitForTimeout(500); // what was to begin by itself would have
    expect(page.workers().length).toBe(0);
    expect(await page.locator("iframe").count()).toBe(0);
    expect(answered.filter((url) => /\.(parquet|onnx|wasm)$|sandbox-worker/.test(url))).toEqual([]);
    expect(listener.heard).toEqual([]);
    // DNS prefetch: a headless Chromium looks no name up ahead, so what is held against it is what the page says.
    await expect(page.locator('meta[http-equiv="x-dns-prefetch-control"][content="off"]')).toHaveCount(1);
    await expect(page.locator('link[rel~="dns-prefetch"], link[rel~="preconnect"]')).toHaveCount(0);
  });

  await agree(page);
  await expect
    .poll(async () => (await polytab(page).cells()).filter(({ status }) => /idle|running/.test(status)).length, {
      timeout: 60_000,
    })
    .toBe(0);
  const reports = new Map((await polytab(page).cells()).map((report) => [report.name, report]));
  const said = await polytab(page).table("code");
  expect(said.map(({ name }) => name)).toEqual(Object.keys({ ...CODE, ...LEAVING }));
  expect(said.filter(({ outcome }) => outcome === "IT WORKED")).toEqual([]);
  for (const [index, name] of Object.keys(SQL).entries())
    expect([name, reports.get(`sql_${index}`)?.fault?.code]).toEqual([name, "sql-refused"]);
  for (const [index, [name, { status }]] of Object.entries(RESULTS).entries())
    expect([name, reports.get(`result_${index}`)?.status]).toEqual([name, status]);
  await expectWhole(page);
  expect(listener.heard).toEqual([]);
});

test("the same attempts are heard where nothing holds them", async ({ visitor, listener, watch }) => {
  watch.expectError(/./);
  const page = await visitor();
  listener.page = "<!doctype html><title>control</title>";
  await page.goto(`${listener.url}page`);
  const done = await page.evaluate<{ name: string; outcome: string }[], string>(
    (code) => {
      const script = document.createElement("script");
      script.type = "module";
      script.textContent = code;
      return new Promise((resolve) => {
        Object.assign(window, { done: resolve });
        document.head.append(script);
      });
    },
    `const scope = globalThis, home = location.href; document.body ??= document.createElement("body"); window.done(${tryAll(CODE, listener.url)})`,
  );
  const controlled = done.filter(({ name }) => !WITHOUT_CONTROL.includes(name));
  const silent = controlled.filter(({ name, outcome }) => {
    const index = Object.keys(CODE).indexOf(name);
    return outcome !== "IT WORKED" && !listener.heard.some((path) => path.includes(`try-${index}.js`));
  });
  expect(silent).toEqual([]);
  expect(listener.heard).toContain("udp");

  for (const [name, code] of Object.entries(LEAVING)) {
    await page.goto(`${listener.url}page`);
    await page.evaluate(
      `{ const scope = globalThis, url = "${listener.url}leaving?${encodeURIComponent(name)}"; setTimeout(() => { ${code} }); }`,
    );
    await expect.poll(() => listener.heard).toContain(`/leaving?${encodeURIComponent(name)}`);
  }

  listener.page = `<!doctype html><body>${Object.entries(PROSE)
    .map(([name, { markdown, html }], index) => armed(html ?? markdown, name, proseUrl(listener, index)))
    .join("\n")}`;
  await page.goto(`${listener.url}page?prose`);
  await page.evaluate(() => {
    for (const link of document.querySelectorAll("a")) link.click();
  });
  const worked = async (): Promise<string[]> => {
    const pwned = (await page.evaluate(() => Reflect.get(window, "pwned"))) as string[] | undefined;
    return Object.keys(PROSE).filter(
      (name, index) => !pwned?.includes(name.replaceAll("'", "")) && !listener.heard.includes(`/prose-${index}`),
    );
  };
  await expect.poll(worked).toEqual([]);
});

test("loops and bombs end, by Stop within a second or by themselves, and the next cell runs", async ({ page }) => {
  await page.goto(
    linkOf(
      [
        FRONT,
        FINE,
        ...Object.values(BOMBS).map(({ kind, source }, index) => block(kind, `bomb_${index}`, source)),
      ].join("\n"),
    ),
  );
  await page
    .getByRole("region", { name: / cell fine$/ })
    .getByRole("button", { name: "Run this cell" })
    .click();
  await page.getByRole("button", { name: "Run the notebook" }).click();
  const status = async (name: string) => (await polytab(page).cells()).find((cell) => cell.name === name)!;
  await expect.poll(async () => (await status("fine")).status, { timeout: 30_000 }).toBe("ready");
  for (const [index, [name, { ends }]] of Object.entries(BOMBS).entries()) {
    await test.step(name, async () => {
      const cell = `bomb_${index}`;
      const running = polytab(page).run({ cells: [cell] });
      if (ends === "stop") {
        await expect.poll(async () => (await status(cell)).status, { intervals: [50] }).toBe("running");
        await page.waitForTimeout(300);
        const started = Date.now();
        await page.getByRole("button", { name: "Stop" }).first().click();
        await expect.poll(async () => (await status(cell)).status, { intervals: [50] }).toBe("idle");
        expect(Date.now() - started).toBeLessThan(3_000); // a second where nothing else is going on
      }
      await running;
      if (ends === "fault")
        expect(await status(cell)).toMatchObject({ status: "failed", fault: { code: expect.any(String) } });
      await expectWhole(page);
    });
  }
});

test("links and archives that are bombs say so, and touch nothing", async ({ page }) => {
  const zeros = new Uint8Array(200_000_000);
  const open = async (fragment: string): Promise<void> => {
    await page.goto("#/");
    const started = Date.now();
    await page.goto(fragment);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
    expect(Date.now() - started).toBeLessThan(15_000); // two seconds where nothing else is going on
  };
  const refused = page.getByText("This link does not open");
  await test.step("a deflate bomb in a link", async () => {
    await open(`#nb=${sealed("1", deflateSync(zeros, { level: 9 }))}`);
    await expect(refused).toBeVisible();
  });
  await test.step("a link that claims to be long", async () => {
    await open(`#nb=${sealed("2", Uint8Array.of(255, 255, 255, 127, 255, 255, 255, 127, 1, 2, 3))}`);
    await expect(refused).toBeVisible();
  });
  await test.step("a notebook of 100,000 cells", async () => {
    await open(linkOf(`${FRONT}${"```sql\n```\n".repeat(100_000)}`));
    await expect(page.getByText(/the most is/)).toBeVisible();
  });
  await test.step("names of the language in a link's scores", async () => {
    const scores = JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": { "toString": 1 } }');
    await open(`#nb=${encodeLink({ markdown: `${FRONT}${FINE}`, scores, checks: scores.constructor.name })}`);
    await expect(page.getByText(/Nothing has run/)).toBeVisible();
  });
  await test.step("a text that a pattern never gets through", async () => {
    await open(linkOf(`${FRONT}a${"\n\r".repeat(5_000)}x`));
    await expect(page.getByText(/Nothing has run/)).toBeVisible();
  });
  await test.step("Markdown that nests without an end", async () => {
    await open(
      linkOf(
        `${FRONT}${[">".repeat(5_000), "[".repeat(5_000), "a**b".repeat(1_400)]
          .map((hard) => `${hard}\n\n${FINE.replace("fine", `f${hard.charCodeAt(0)}`)}`)
          .join("\n")
          .repeat(5)}`,
      ),
    );
    await expect(page.getByText(/Nothing has run/)).toBeVisible();
  });
  await test.step("a notebook of 2,000 cells", async () => {
    await open(
      linkOf(`${FRONT}${Array.from({ length: 1_999 }, (_, i) => block("sql", `c${i}`, "select 1")).join("")}`),
    );
    await expect(page.getByText(/Nothing has run/)).toBeVisible();
    await page.getByRole("button", { name: "Run all" }).click();
    await page.getByRole("button", { name: "Not now" }).click();
  });

  const honest = zipSync({
    "train.csv": [zeros, { level: 9 }],
    "test.csv": [zeros, { level: 9 }],
    "x.csv": [zeros, { level: 9 }],
  });
  const lying = Buffer.from(honest);
  for (let at = lying.indexOf("PK\u0001\u0002"); at >= 0; at = lying.indexOf("PK\u0001\u0002", at + 4))
    lying.writeUInt32LE(1_000, at + 24);
  for (const [name, zip] of Object.entries({ "a zip bomb": honest, "a zip bomb that lies about its size": lying })) {
    await test.step(name, async () => {
      await page.goto("#/import");
      await page
        .locator('input[type="file"]')
        .first()
        .setInputFiles({ name: "bomb.zip", mimeType: "application/zip", buffer: Buffer.from(zip) });
      await expect(page.getByText(/larger than 400 MB|damaged|no rows|empty/i).first()).toBeVisible({
        timeout: 30_000,
      });
    });
  }
  await page.goto("#/");
  await expect(page.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  expect(await page.evaluate(() => Reflect.get({}, "polluted"))).toBeUndefined();
});

test("messages forged by a page around the app are heard by nobody", async ({
  visitor,
  listener,
  plainHost,
  watch,
}) => {
  watch.expectError(/./);
  listener.page = `<!doctype html><iframe id="app" src="${plainHost.url}" style="width: 1200px; height: 800px"></iframe>`;
  const page = await visitor();
  await page.goto(`${listener.url}page`);
  const app = page.frameLocator("#app");
  await expect(app.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  const answers = await page.evaluate(async () => {
    const frame = document.querySelector("iframe")!;
    const heard: unknown[] = [];
    addEventListener("message", ({ data }) => heard.push(data));
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => heard.push(data);
    frame.contentWindow!.postMessage({ kind: "which-build" }, "*", [port2]);
    for (const kind of [
      "ready",
      "result",
      "fault",
      "progress",
      "output",
      "update",
      "take",
      "consent",
      "files",
      "take-over",
    ])
      for (const id of [0, 1, 2])
        frame.contentWindow!.postMessage({ kind, id, value: { trusted: true }, type: kind }, "*");
    frame.contentWindow!.postMessage("x".repeat(1e6), "*");
    await new Promise((late) => setTimeout(late, 500));
    let reached = "";
    try {
      reached = String(frame.contentWindow!.document.title);
    } catch {
      reached = "refused";
    }
    return { heard, reached };
  });
  expect(answers).toEqual({ heard: [], reached: "refused" });
  await expect(app.getByRole("link", { name: /Which aisle/ })).toBeVisible();
  await expect(app.getByRole("dialog")).toHaveCount(0);
});
