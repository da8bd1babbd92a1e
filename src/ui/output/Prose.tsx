import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { Highlighted } from "../editor/Highlighted";
import { ScrollBox } from "../parts/ScrollBox";
import "./prose.css";

/** Markdown for reading: no raw HTML; pictures from `data:` or the page's own origin only; links open apart. */
export function Prose({ children }: { children: string }) {
  return (
    <div className="prose">
      <Markdown skipHtml remarkPlugins={[remarkGfm]} urlTransform={safeUrl} components={COMPONENTS}>
        {children}
      </Markdown>
    </div>
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
