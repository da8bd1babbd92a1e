/** A file with its way from what was dropped: `rocket/emoji-aisle.csv` where the folder was. */
export interface DroppedFile {
  path: string;
  file: File;
}

/** The files of a drop, those inside dropped folders too. Has to be called while the drop is being told. */
export async function filesOf(transfer: DataTransfer | null): Promise<DroppedFile[]> {
  const items = [...(transfer?.items ?? [])].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const files = await Promise.all(
    entries.map((entry) => (entry instanceof File ? [{ path: entry.name, file: entry }] : entry ? within(entry) : [])),
  );
  return files.flat();
}

async function within(entry: FileSystemEntry): Promise<DroppedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
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
