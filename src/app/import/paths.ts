const paths = new WeakMap<File, string>();

/** A file with its path in the dropped folder or the archive that it came from: a File has but its name. */
export function placed(file: File, path: string): File {
  paths.set(file, path);
  return file;
}

/** With its folders where they are known. */
export function pathOf(file: File): string {
  return paths.get(file) ?? (file.webkitRelativePath || file.name);
}
