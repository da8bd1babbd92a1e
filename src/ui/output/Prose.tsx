import { useMemo } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { isDeep } from "../../notebook";
import { Highlighted } from "../editor/Highlighted";
import { patience } from "../parts/patience";
import { ScrollBox } from "../parts/ScrollBox";
import "./prose.css";

/** Markdown for reading: no raw HTML; pictures from `data:` or the page's own origin only; links open apart. */
export function Prose({ children }: { children: string }) {
  const set = useMemo(
    () =>
      isHeavy(children)
        ? undefined
        : // It is a function of its properties and nothing else, so it may be called, and so be timed.
          patience.spend(() =>
            Markdown({
              children,
              skipHtml: true,
              remarkPlugins: [remarkGfm],
              urlTransform: safeUrl,
              components: COMPONENTS,
            }),
          ),
    [children],
  );
  return (
    <div className="prose">
      {set ?? (
        <>
          <p className="muted">
            This text is too long in one piece, or too involved, to be set. Here it is as written.
          </p>
          <pre className="prose-plain">{children}</pre>
        </>
      )}
    </div>
  );
}

/** One paragraph, list or table: Markdown's own rules take a time that grows with the square of its length. */
const LONGEST_BLOCK = 6_000;
const LONGEST = 40_000;

function isHeavy(text: string): boolean {
  return (
    text.length > LONGEST || isDeep(text) || text.split(/\n[ \t\r]*\n/).some((block) => block.length > LONGEST_BLOCK)
  );
}

const COMPONENTS: Components = {
  a: ({ href, children }) => {
    if (!href) return <>{children}</>;
    if (href.startsWith("#")) return <a href={href}>{children}</a>;
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    );
  },
  img: ({ src, alt }) =>
    src ? (
      <img src={typeof src === "string" ? src : undefined} alt={alt ?? ""} loading="lazy" decoding="async" />
    ) : (
      <span className="muted">
        [{alt || "picture"}, not shown: pictures of a notebook are embedded or its site's own]
      </span>
    ),
  pre: ({ children, node }) => {
    const code = node?.children[0];
    if (code?.type !== "element" || code.tagName !== "code") return <pre>{children}</pre>;
    const text = code.children.map((child) => (child.type === "text" ? child.value : "")).join("");
    const className = code.properties.className;
    const language = Array.isArray(className) ? String(className[0]).replace("language-", "") : "";
    return <Highlighted source={text.replace(/\n$/, "")} language={language} />;
  },
  table: ({ children }) => (
    <ScrollBox className="prose-table" label="Table">
      <table>{children}</table>
    </ScrollBox>
  ),
};

/**
 * What a link or a picture of a stranger's text may point to: pages by http(s) and mail for links, `data:` pictures and
 * the page's own origin for pictures. Everything else is dropped.
 */
export function safeUrl(url: string, key: string): string | undefined {
  const trimmed = url.trim();
  if (key === "src") {
    if (/^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i.test(trimmed)) return trimmed;
    return isRelative(trimmed) ? trimmed : undefined;
  }
  if (/^(https?:|mailto:)/i.test(trimmed) || isRelative(trimmed)) return trimmed;
  return undefined;
}

/** No scheme and no host of its own: browsers read `\` as `/`, and skip tabs and line ends within. */
function isRelative(url: string): boolean {
  const plain = url.replace(/[\t\n\r]/g, "").replaceAll("\\", "/");
  return !/^[a-z][a-z0-9+.-]*:/i.test(plain) && !plain.startsWith("//");
}
