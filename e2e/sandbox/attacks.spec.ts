import { CODE as ATTEMPTS, tryAll } from "../attacks/attempts";
import { type Listener, openListener } from "../attacks/listener";
import { scriptsThatRun } from "../policy";
import { expect, run, test, values } from "./harness";

let listener: Listener;
test.beforeEach(async () => {
  listener = await openListener();
});
test.afterEach(() => listener.close());

/** What a bare worker may do without harm, so that the list means something: it is refused by the policy, not by a typo. */
const HARMLESS: Record<string, string> = {
  "a timer": "await new Promise((yes) => setTimeout(yes, 1))",
  "a blob's module": "await import(URL.createObjectURL(new Blob(['export default 1'], { type: 'text/javascript' })))",
};

test("a cell reaches no network, no storage and no page, and the listener stays silent", async ({ sandbox, hosts }) => {
  const answered: string[] = [];
  await sandbox.waitForFunction(() => window.sandboxHarness !== undefined);
  await run(sandbox, "export default [{ a: 1 }];"); // the sandbox is up: what is asked for from here on is the cell's
  sandbox.on("response", (response) => answered.push(response.url())); // a request that the policy refused has none
  const outcome = await run(
    sandbox,
    `const scope = globalThis as any, home = "${hosts.isolated.url}index.html";
     export default ${tryAll(ATTEMPTS, listener.url)};`,
  );
  const done = Object.fromEntries(values(outcome, "name").map((name, i) => [name, values(outcome, "outcome")[i]]));
  expect(Object.keys(done)).toEqual(Object.keys(ATTEMPTS));
  expect(Object.entries(done).filter(([, said]) => said === "IT WORKED")).toEqual([]);
  expect(done.fetch).toContain(`"fetch" is not there`);
  expect(listener.heard).toEqual([]);
  expect(answered.filter((url) => !url.startsWith("blob:"))).toEqual([]);
});

test("the frame alone holds too: a worker without the fence reaches nothing either", async ({ sandbox, hosts }) => {
  const answered: string[] = [];
  await sandbox.waitForFunction(() => window.sandboxHarness !== undefined);
  sandbox.on("response", (response) => answered.push(response.url()));
  const worker = (attempts: Record<string, string>) => `onmessage = async ({ ports }) => {
    const scope = globalThis, home = "${hosts.isolated.url}index.html";
    ports[0].postMessage({ origin: location.origin, done: ${tryAll(attempts, listener.url)} });
  };`;
  const raw = (attempts: Record<string, string>) =>
    sandbox.evaluate((text) => window.sandboxHarness.raw(text), worker(attempts)) as Promise<{
      origin: string;
      done: { name: string; outcome: string }[];
    }>;
  await sandbox.evaluate(() => {
    new BroadcastChannel("polytab-notebooks").onmessage = ({ data }) =>
      window.sandboxHarness.messages.push(JSON.stringify(data));
  });
  const { origin, done } = await raw(ATTEMPTS);
  expect(origin).toBe("null");
  // Without the fence a worker has the channel, of an origin that is its own: the page hears nothing of it.
  expect(done.filter(({ outcome }) => outcome === "IT WORKED").map(({ name }) => name)).toEqual([
    "a message to the app's other tabs",
  ]);
  expect(await sandbox.evaluate(() => window.sandboxHarness.messages)).toEqual([]);
  await sandbox.evaluate(() => new BroadcastChannel("polytab-notebooks").postMessage("of the page's own"));
  await expect.poll(() => sandbox.evaluate(() => window.sandboxHarness.messages)).toEqual(['"of the page\'s own"']);
  expect(done).toHaveLength(Object.keys(ATTEMPTS).length);
  expect(listener.heard).toEqual([]);
  expect(answered.filter((url) => !url.startsWith("blob:"))).toEqual([]);
  const harmless = await raw(HARMLESS);
  expect(harmless.done.map(({ outcome }) => outcome)).toEqual(["IT WORKED", "IT WORKED"]);
});

test("what a worker posts on its own is heard by nobody", async ({ sandbox }) => {
  await sandbox.waitForFunction(() => window.sandboxHarness !== undefined);
  const forged = `onmessage = ({ ports }) => {
    for (const kind of ["ready", "pong", "died", "result", "stop"]) postMessage({ kind, id: 1, value: 1 });
    setTimeout(() => ports[0].postMessage("done"), 200);
  };`;
  expect(await sandbox.evaluate((text) => window.sandboxHarness.raw(text), forged)).toBe("done");
  expect(await sandbox.evaluate(() => window.sandboxHarness.messages)).toEqual([]);
});

test("a result cannot bring a prototype or a flood to the page", async ({ sandbox }) => {
  const polluted = await run(
    sandbox,
    `export default JSON.parse('[{ "__proto__": { "polluted": 1 }, "a": { "__proto__": { "polluted": 1 } } }]');`,
  );
  expect(polluted).toMatchObject({ ok: false, code: "code-table" });
  const nested = await run(
    sandbox,
    `export default [{ a: JSON.parse('{ "__proto__": { "polluted": 1 }, "ok": 1 }') }];`,
  );
  expect(values(nested, "a")).toEqual([{ ok: 1 }]);
  expect(await sandbox.evaluate(() => ({}) as { polluted?: number })).toEqual({});
  expect(await sandbox.evaluate(() => (({}) as { polluted?: number }).polluted)).toBeUndefined();

  const flood = await run(sandbox, `for (let i = 0; i < 1e5; i++) console.log("x".repeat(1e5));`);
  expect(flood.ok && flood.result.output.length).toBe(201);
  expect(
    await run(sandbox, `export default Array.from({ length: 5000 }, (_, i) => ({ ["c" + i]: 1 }));`),
  ).toMatchObject({
    ok: false,
    code: "code-table",
  });
});

test("a regular expression without an end stops like any other loop", async ({ sandbox }) => {
  const stopped = await run(sandbox, `/^(a+)+$/.test("a".repeat(60) + "!");`, { stopAfterMs: 300 });
  expect(stopped).toMatchObject({ ok: false, code: "aborted" });
  expect(stopped.ms).toBeLessThan(1_000);
});

test("the policy of the frame's page refuses other hosts, inline scripts and eval, which a page without it has", async ({
  page,
  hosts,
}) => {
  const tried = async (url: string) => {
    await page.goto(url);
    const ran = await scriptsThatRun(page);
    const fetched = await page.evaluate(
      (foreign) =>
        fetch(foreign).then(
          () => true,
          () => false,
        ),
      listener.url,
    );
    return { ...ran, fetched };
  };
  listener.page = "<!doctype html><title>without a policy</title>";
  expect(await tried(hosts.isolated.url)).toEqual({ inline: false, evaluated: false, fetched: false });
  expect(listener.heard).toEqual([]);
  expect(await tried(`${listener.url}page`)).toEqual({ inline: true, evaluated: true, fetched: true });
});
