/** Where the page is. Routes live in the fragment, so that any static host will do. */
export type Route =
  | { page: "home" }
  | { page: "import" }
  | { page: "task"; id: string }
  | { page: "notebook"; slot: string }
  | { page: "link"; text: string }
  | { page: "unknown"; fragment: string };

export function readRoute(fragment: string): Route {
  const text = fragment.replace(/^#/, "");
  if (text === "" || text === "/") return { page: "home" };
  if (text === "/import") return { page: "import" };
  if (text.startsWith("nb=")) return { page: "link", text: text.slice(3) };
  const [, page, id, ...rest] = text.split("/");
  if (rest.length === 0 && id !== undefined && id !== "") {
    if (page === "task") return { page, id: decodePart(id) };
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
    case "task":
      return `#/task/${encodeURIComponent(route.id)}`;
    case "notebook":
      return `#/notebook/${encodeURIComponent(route.slot)}`;
    case "link":
      return `#nb=${route.text}`;
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
