/** Asks the reader for files; none where the choice is given up. */
export function chooseFiles(accept: string): Promise<File[]> {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", multiple: true, accept });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener("cancel", () => resolve([]), { once: true });
    input.click();
  });
}
