import type { App } from "../../app";

/** Files that were chosen or dropped go where they belong: a model into the notebook, tables into a task. */
export async function bring(app: App, files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  await (files.some(({ name }) => /\.onnx$/i.test(name)) ? app.models.open(files) : app.wizard.open(files));
}
