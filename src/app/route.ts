/** Where the page is. Routes live in the fragment, so that any static host will do. */
export type Route =
  | { page: "home" }
  | { page: "import" }
  | { page: "board" }
  | { page: "challenge" }
  | { page: "diagnostics" }
  /** The documentation: its list, or one document. */
  | { page: "docs"; name?: string }
  /** Two runs side by side, by their ids. */
  | { page: "compare"; before: string; after: string }
  | { page: "across"; run: string }
  | { page: "task"; id: string }
  | { page: "notebook"; slot: string }
  | { page: "link"; text: string }
  /** A task on another host, by its address. */
  | { page: "remote"; address: string }
  | { page: "unknown"; fragment: string };

export function readRoute(fragment: string): Route {
  const text = fragment.replace(/^#/, "");
  if (text === "" || text === "/") return { page: "home" };
  if (text === "/import") return { page: "import" };
  if (text === "/board") return { page: "board" };
  if (text === "/challenge") return { page: "challenge" };
  if (text === "/diagnostics") return { page: "diagnostics" };
  if (text === "/docs") return { page: "docs" };
  if (text.startsWith("nb=")) return { page: "link", text: text.slice(3) };
  if (text.startsWith("task=")) return { page: "remote", address: decodePart(text.slice(5)) };
  const [, page, id, ...rest] = text.split("/");
  if (page === "compare" && id && rest.length === 1 && rest[0] !== "")
    return { page, before: decodePart(id), after: decodePart(rest[0]) };
  if (rest.length === 0 && id !== undefined && id !== "") {
    if (page === "task") return { page, id: decodePart(id) };
    if (page === "docs") return { page, name: decodePart(id) };
    if (page === "across") return { page, run: decodePart(id) };
    if (page === "notebook") return { page, slot: decodePart(id) };
  }
  return { page: "unknown", fragment: text };
}

export function formatRoute(route: Route): string {
  switch (route.page) {
    case "home":
      return "#/";
    case "import":
      return "#/import";
    case "board":
      return "#/board";
    case "challenge":
      return "#/challenge";
    case "diagnostics":
      return "#/diagnostics";
    case "docs":
      return route.name === undefined ? "#/docs" : `#/docs/${encodeURIComponent(route.name)}`;
    case "compare":
      return `#/compare/${encodeURIComponent(route.before)}/${encodeURIComponent(route.after)}`;
    case "across":
      return `#/across/${encodeURIComponent(route.run)}`;
    case "task":
      return `#/task/${encodeURIComponent(route.id)}`;
    case "notebook":
      return `#/notebook/${encodeURIComponent(route.slot)}`;
    case "link":
      return `#nb=${route.text}`;
    case "remote":
      return `#task=${encodeURIComponent(route.address)}`;
    case "unknown":
      return `#${route.fragment}`;
  }
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
