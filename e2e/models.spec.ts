import { FLOAT, INT64, onnxModel, STRING } from "./engines/tiny-onnx";
import { expect, polytab, test } from "./fixtures";

const notebook = (...cells: string[]): string =>
  `---\npolytab: 1\ntitle: My model\ntask: web-features\n---\n\n${cells.join("\n\n")}\n`;
const features = `\`\`\`ts features
import { defineFeatures, similarity } from "polytab";
export default defineFeatures((row) => ({ title: similarity.jaccard(row.left.title, row.right.title) }));
\`\`\``;

/** Two titles alike are the same thing: (1, x) times a matrix gives the logits of (match, no match). */
const net = onnxModel({
  inputs: [["alike", FLOAT, ["n", 1]]],
  outputs: [
    ["label", INT64, ["n"]],
    ["scores", FLOAT, ["n", 2]],
  ],
  constants: { w: { dims: [1, 2], floats: [8, -8] }, b: { dims: [2], floats: [-4, 4] } },
  nodes: [
    { op: "MatMul", inputs: ["alike", "w"], outputs: ["product"] },
    { op: "Add", inputs: ["product", "b"], outputs: ["scores"] },
    { op: "ArgMax", inputs: ["scores"], outputs: ["label"], attributes: { axis: 1, keepdims: 0 } },
  ],
});
const bytes = (model: Uint8Array) => Buffer.from(model);

test("a dropped model is mapped in a form, checked, run, kept, and asked for where it is not", async ({
  page,
  visitor,
}) => {
  const app = polytab(page);
  await page.goto("./");
  await app.openNotebook(notebook(features, "```score result\npredictions: net\n```"));
  await app.run({ cells: ["features"] });
  const drop = async (target: typeof page, name: string, content: Buffer) => {
    const transfer = await target.evaluateHandle(
      ([name, base64]) => {
        const transfer = new DataTransfer();
        const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([content], name));
        return transfer;
      },
      [name, content.toString("base64")],
    );
    await target.dispatchEvent("body", "drop", { dataTransfer: transfer });
  };

  await drop(page, "torn.onnx", bytes(net).subarray(0, 150));
  const dialog = page.getByRole("dialog", { name: "Bring a model" });
  await expect(dialog).toContainText(
    'Cannot open "torn.onnx": it is not an ONNX model, or a damaged one: it is cut off',
  );
  await dialog.getByRole("button", { name: "Close" }).last().click();

  await drop(page, "alike.onnx", bytes(net));
  await expect(dialog.getByRole("table", { name: "Inputs and outputs of the model" })).toContainText(
    "float32, rows x 1",
  );
  const add = dialog.getByRole("button", { name: "Add to the notebook" });
  await dialog.getByRole("button", { name: "Take out features" }).click();
  await expect(dialog).toContainText("nothing is given to it");
  await dialog.getByRole("button", { name: "Add features" }).click();
  await expect(dialog).not.toContainText("nothing is given to it");
  await expect(add).toBeDisabled();
  await dialog.getByLabel("Classes in the model’s order").fill("1\n0\n2");
  await expect(dialog).toContainText('a class "2", which this task does not have');
  await dialog.getByLabel("Classes in the model’s order").fill("1\n0");
  await dialog.getByLabel("This is the model’s order").check();
  await add.click();
  await expect(dialog).toBeHidden();

  // Its scores are no probabilities: said, with the way out.
  await app.run();
  const failed = (await app.cells()).find(({ name }) => name === "net");
  expect(failed?.fault).toMatchObject({
    code: "model-output",
    hint: "If they are logits, write `scores: logits`.",
  });
  const text = (await app.notebook()).replace("classes:", "scores: logits\nclasses:");
  await app.openNotebook(text);
  expect((await app.run()).map(({ fault }) => fault)).toEqual([undefined, undefined, undefined]);
  const score = await app.score("result");
  expect(score.metrics.average_precision ?? score.primary.value).toBeGreaterThan(0.5);
  await expect(page.getByText(/trained elsewhere · .*on WASM/)).toBeVisible();

  // What it leans on is asked of it too: it reads titles alone.
  await app.openNotebook(
    `${text}\n\`\`\`explain why\npredictions: net\nshow: [importance, curve]\nrounds: 2\n\`\`\`\n`,
  );
  expect((await app.run()).map(({ fault }) => fault)).toEqual([undefined, undefined, undefined, undefined]);
  const drops = new Map((await app.table("why")).map((row) => [row.name, Number(row.value)]));
  expect(drops.get("title")).toBeGreaterThan(0.1);
  expect(drops.get("description")).toBe(0);
  await expect(page.getByText(/net was trained elsewhere: it cannot be fitted again/)).toBeVisible();
  await app.openNotebook(text);

  // Another browser has the notebook and not the model; given it there, it says the same.
  const other = await visitor();
  await other.goto(await app.shareLink());
  await other.getByRole("button", { name: "Run all" }).click();
  await other.getByRole("button", { name: "Run the notebook" }).click();
  await expect(other.getByText(/The model "alike.onnx" \([0-9a-f]{8}…\) is not in this browser/)).toBeVisible();
  await drop(other, "renamed.onnx", bytes(net));
  await expect(other.getByText('"renamed.onnx" is here: "net" can run')).toBeVisible();
  expect((await polytab(other).run()).map(({ fault }) => fault)).toEqual([undefined, undefined, undefined]);
  expect((await polytab(other).score("result")).primary.value).toBe(score.primary.value);
});

test("a hostile model takes nothing down", async ({ page }) => {
  const app = polytab(page);
  await page.goto("./");
  await app.openNotebook(notebook("```model majority\nlearner: majority\n```"));
  const choose = async (name: string, content: Uint8Array) => {
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Control+k");
    await page.getByRole("option", { name: "Bring an ONNX model" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/octet-stream", buffer: bytes(content) });
  };
  const dialog = page.getByRole("dialog", { name: "Bring a model" });
  const refused = async (name: string, content: Uint8Array, said: RegExp) => {
    await choose(name, content);
    await expect(dialog).toContainText(said);
    await dialog.getByRole("button", { name: "Close" }).last().click();
  };
  const relu = { op: "Relu", inputs: ["x"], outputs: ["y"] };
  const graph = { inputs: [["x", FLOAT, ["n", 1]]], outputs: [["y", FLOAT, ["n", 1]]] } satisfies Pick<
    Parameters<typeof onnxModel>[0],
    "inputs" | "outputs"
  >;
  // A few bytes that ask for 4 EB when its constants are folded: only the runtime itself can find that out.
  const vast = onnxModel({
    ...graph,
    constants: { shape: { dims: [2], ints: [2 ** 30, 2 ** 30] } },
    nodes: [
      { op: "ConstantOfShape", inputs: ["shape"], outputs: ["w"] },
      { op: "MatMul", inputs: ["x", "w"], outputs: ["y"] },
    ],
  });
  await refused(
    "page.onnx",
    new TextEncoder().encode("<!doctype html><title>Not found</title>"),
    /is not an ONNX model/,
  );
  await refused(
    "claims.onnx",
    onnxModel({ ...graph, constants: { w: { dims: [1e6, 1e6], floats: [1] } }, nodes: [relu] }),
    /claims 1,000,000,000,000 values/,
  );
  await refused(
    "strange.onnx",
    onnxModel({ ...graph, nodes: [{ ...relu, op: "Frobnicate" }] }),
    /the operator Frobnicate is not known here/,
  );
  await choose("vast.onnx", vast);
  await expect(dialog.getByRole("button", { name: "Add to the notebook" }).or(dialog.locator(".fault"))).toBeVisible({
    timeout: 70_000,
  });
  await dialog
    .getByRole("button", { name: /^(Close|Cancel)$/ })
    .last()
    .click();
  await choose(
    "words.onnx",
    onnxModel({
      inputs: [["word", STRING, ["n"]]],
      outputs: [["word2", STRING, ["n"]]],
      nodes: [{ op: "Identity", inputs: ["word"], outputs: ["word2"] }],
    }),
  );
  await expect(dialog).toContainText("No output of the model gives 2 numbers a row");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect((await app.run()).map(({ status }) => status)).toEqual(["ready"]);
});
