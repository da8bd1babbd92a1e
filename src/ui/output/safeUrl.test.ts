import { describe, expect, it } from "vitest";
import { safeUrl } from "./Prose";

describe("what a stranger's text may point to", () => {
  it("pictures: embedded ones and the page's own", () => {
    expect(safeUrl("data:image/png;base64,AAAA", "src")).toBe("data:image/png;base64,AAAA");
    expect(safeUrl("samples/x.png", "src")).toBe("samples/x.png");
    for (const bad of [
      "https://evil.example/p.png",
      "//evil.example/p",
      "/\\evil.example/p",
      "ht\ntps://evil.example",
      "data:text/html,x",
      "blob:x",
    ]) {
      expect(safeUrl(bad, "src")).toBeUndefined();
    }
  });
  it("links: pages, mail, fragments", () => {
    expect(safeUrl("https://example.org", "href")).toBe("https://example.org");
    expect(safeUrl("#/board", "href")).toBe("#/board");
    for (const bad of [
      "javascript:alert(1)",
      " JavaScript:alert(1)",
      "java\nscript:alert(1)",
      "data:text/html,x",
      "vbscript:x",
    ]) {
      expect(safeUrl(bad, "href")).toBeUndefined();
    }
  });
});
