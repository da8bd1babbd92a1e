import type { App } from "../../app";

/** Files that were chosen or dropped go where they belong: a model into the notebook, tables into a task. */
export async function bring(app: App, files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  await (files.some(({ name }) => /\.onnx$/i.test(name)) ? app.models.open(files) : app.wizard.open(files));
}

/** The files of a drop, those inside dropped folders too. Has to be called while the drop is being told. */
export async function filesOf(transfer: DataTransfer | null): Promise<File[]> {
  const items = [...(transfer?.items ?? [])].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const files = await Promise.all(
    entries.map((entry) => (entry instanceof File ? [entry] : entry ? within(entry) : [])),
  );
  return files.flat();
}

async function within(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile)
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const children: FileSystemEntry[] = [];
  // A reader hands out a hundred at a time, and then none.
  for (;;) {
    const next = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (next.length === 0) break;
    children.push(...next);
  }
  const visible = children.filter((child) => !child.name.startsWith("."));
  return (await Promise.all(visible.map(within))).flat();
}
