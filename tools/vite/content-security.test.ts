import { expect, it } from "vitest";
import { frameDocument, frameScriptHash } from "../../src/sandbox/frame";
import { FRAME_SCRIPT } from "../../src/sandbox/frame-script";
import { contentSecurity, contentSecurityPolicy } from "./content-security";

const policy = new Map(
  contentSecurityPolicy()
    .split("; ")
    .map((directive) => [directive.split(" ")[0], directive.split(" ").slice(1)]),
);

it("the page's policy allows the frame's script by the hash of the very text in the frame's document", () => {
  const script = /<script>([\s\S]*)<\/script>/.exec(frameDocument())?.[1];
  expect(script).toBe(FRAME_SCRIPT);
  // The policy's hash is Node's, the frame's the page's own: two implementations over one text.
  const hash = `'${frameScriptHash()}'`;
  expect(policy.get("script-src")).toContain(hash);
  expect(frameDocument()).toContain(`script-src ${hash} blob:`);
});

it("the page's policy allows no eval, no inline script and no other host", () => {
  expect(policy.get("default-src")).toEqual(["'none'"]);
  for (const sources of policy.values()) expect(sources.join(" ")).not.toMatch(/https?:|\*|'unsafe-eval'/);
  expect(policy.get("script-src")).not.toContain("'unsafe-inline'");
  for (const directive of ["object-src", "base-uri", "form-action"]) expect(policy.get(directive)).toEqual(["'none'"]);
});

it("the frame's own policy has no address to connect to, not even the page's", () => {
  const own = /content="([^"]*)"/.exec(frameDocument())?.[1] ?? "";
  expect(own).toMatch(/^default-src 'none';/);
  expect(own).not.toMatch(/'self'|connect-src|unsafe/);
});

it("the policy goes into the built page, before everything else in its head", () => {
  const { transformIndexHtml: transform, apply } = contentSecurity();
  expect(apply).toBe("build");
  const tags = (transform as { handler: () => unknown }).handler();
  expect(tags).toEqual([
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy() },
      injectTo: "head-prepend",
    },
  ]);
});
