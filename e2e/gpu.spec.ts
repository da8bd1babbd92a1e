import { expect, needsChromium, polytab, softwareGpu, test } from "./fixtures";
import { watchWorkers } from "./worker-watch";

test.beforeEach(() => needsChromium("the GPU of software is Chromium's; Firefox has none on this machine"));
test.use(softwareGpu);

const ID = "emoji-aisle-text";
const notebook = (...providers: string[]): string =>
  [
    "---\npolytab: 1\ntitle: Providers\ntask: emoji-aisle\n---",
    ...providers.map((provider) => `\`\`\`model on_${provider}\nmodel: ${ID}\nprovider: ${provider}\n\`\`\``),
  ].join("\n\n");

test("a cell's provider decides what runs its model, and the cell tells what ran, why and how long it took", async ({
  page,
}) => {
  const app = polytab(page);
  await page.goto("");
  await app.openNotebook(notebook("webgpu", "wasm", "auto"));
  const reports = await app.run();
  expect(reports.map(({ fault, provider }) => [fault, provider])).toEqual([
    [undefined, "webgpu"],
    [undefined, "wasm"],
    [undefined, "wasm"],
  ]);
  const times = /opened in [\d.,]+ m?s · predicted in [\d.,]+ m?s · on /.source;
  const cell = (name: string) => page.getByRole("region", { name: `Model cell ${name}` });
  await expect(cell("on_webgpu")).toContainText(
    new RegExp(`${times}WebGPU \\(the GPU agrees with WASM on 8 rows \\(largest difference \\d\\.\\de-\\d+\\)\\)`),
  );
  await expect(cell("on_wasm")).toContainText(new RegExp(`${times}WASM \\(asked for\\)`));
  await expect(cell("on_auto")).toContainText(
    new RegExp(`${times}WASM \\(the work is too small to gain from a GPU\\)`),
  );
  const [gpu, wasm] = await Promise.all(["on_webgpu", "on_wasm"].map((name) => app.predictions(name, "validation")));
  expect(gpu).toHaveLength(383);
  const largest = gpu.map(({ probabilities }, row) =>
    Math.max(...Object.entries(probabilities).map(([name, p]) => Math.abs(p - wasm[row].probabilities[name]))),
  );
  expect(Math.max(...largest)).toBeLessThan(1e-4);
  expect(Math.max(...largest), "the GPU's digits are its own").toBeGreaterThan(0);
});

test("cells of one model open it once, and a notebook that is closed gives the runtimes' memory back", async ({
  page,
  watch,
}) => {
  const workers = await watchWorkers(page);
  const opened = async () => (await workers()).calls.flatMap(({ method, id }) => (method === "load" && id) || []);
  const runtimes = async () => (await workers()).live.filter((name) => name.startsWith("inference"));
  const app = polytab(page);
  await page.goto("");
  await app.openNotebook(notebook("webgpu", "wasm", "auto"));
  expect((await app.run()).map(({ status }) => status)).toEqual(["ready", "ready", "ready"]);
  expect(await opened(), "once a runtime").toEqual([ID, ID]);
  expect(watch.requests.filter((url) => url.endsWith(`${ID}.onnx`))).toHaveLength(1);
  expect(await runtimes()).toEqual(["inference wasm", "inference webgpu"]);

  // Another notebook of the same task: its own models are opened, and no others are kept.
  await app.openNotebook(notebook("wasm"));
  await expect.poll(runtimes).toEqual([]);
  expect((await app.run()).map(({ status }) => status)).toEqual(["ready"]);
  expect(await opened()).toEqual([ID, ID, ID]);
  expect(await runtimes()).toEqual(["inference wasm"]);

  await app.openTask("icon-topic");
  await expect.poll(runtimes).toEqual([]);
});
