import { Fault, readAs, z } from "../../base";
import { readManifest, SPLIT_NAMES, type TaskManifest } from "../manifest";

/** A table that a description names. */
export interface RemoteTable {
  url: string;
  name: string;
  /** As the description states it; the host may know better. */
  bytes?: number;
}

/** What a JSON file at an address describes. */
export type Description =
  | { kind: "task"; manifest: TaskManifest; tables: RemoteTable[] }
  | { kind: "croissant"; title: string; label?: string; licence?: string; tables: RemoteTable[] };

/**
 * Reads a `task.json` or a Croissant description that was fetched from `url`.
 * @throws Fault `remote-description`, `invalid`
 */
export function readDescription(text: string, url: string): Description {
  const host = new URL(url).host;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const page = text.trimStart().startsWith("<");
    throw new Fault("remote-description", `${url} is ${page ? "a web page" : "not JSON"}`, {
      hint: "The link needs the address of the task.json, croissant.json or Parquet file itself.",
      cause,
    });
  }
  const { format, "@type": type } = readAs(kindSchema, value, url);
  if (format !== undefined) {
    const manifest = readManifest(value, `task.json of ${host}`);
    const files = [
      ...SPLIT_NAMES.map((split) => manifest.splits[split]),
      ...(manifest.records ? [manifest.records] : []),
    ];
    return { kind: "task", manifest, tables: files.map(({ parquet }) => tableAt(parquet, url)) };
  }
  if (type !== undefined && /Dataset$/.test(type)) return croissant(value, url);
  throw new Fault("remote-description", `${url} describes neither a task nor a data set`, {
    hint: 'A task.json says "format": "polytab-task/1"; a Croissant description is of the @type sc:Dataset.',
  });
}

const kindSchema = z.object({ format: z.string().optional(), "@type": z.string().optional() });

const many = <T extends z.ZodType>(schema: T) => z.union([z.array(schema), schema.transform((one) => [one])]);
const nodeSchema = z.object({
  "@type": z.string(),
  name: z.string().optional(),
  contentUrl: z.string().optional(),
  contentSize: z.string().optional(),
  encodingFormat: many(z.string()).default([]),
  containedIn: z.unknown().optional(),
});
const fieldSchema = z.object({
  name: z.string().optional(),
  dataType: many(z.string()).default([]),
  source: z.object({ extract: z.object({ column: z.string().optional() }).optional() }).optional(),
});
const croissantSchema = z.object({
  name: z.string(),
  alternateName: many(z.string()).optional(),
  license: z.unknown().optional(),
  distribution: many(nodeSchema),
  recordSet: many(z.object({ field: many(fieldSchema).default([]) })).default([]),
});

const PARQUET = /^application\/(?:x-parquet|vnd\.apache\.parquet)$/;
const CSV = /^text\/(?:csv|tsv|tab-separated-values)$/;

function croissant(value: unknown, url: string): Description {
  const { name, alternateName, license, distribution, recordSet } = readAs(
    croissantSchema,
    value,
    `the Croissant at ${url}`,
  );
  const whole = distribution.filter((node) => node.contentUrl !== undefined && node.containedIn === undefined);
  const as = (format: RegExp): RemoteTable[] =>
    whole.flatMap(({ contentUrl = "", contentSize, encodingFormat }) =>
      encodingFormat.some((each) => format.test(each))
        ? [{ ...tableAt(contentUrl, url), bytes: bytesOf(contentSize) }]
        : [],
    );
  const parquet = as(PARQUET);
  const tables = parquet.length > 0 ? parquet : as(CSV);
  if (tables.length === 0)
    throw new Fault(
      "remote-description",
      `The Croissant description of "${name}" names no Parquet or CSV file by itself`,
      {
        hint: distribution.some((node) => /FileSet$/.test(node["@type"]) || node.containedIn !== undefined)
          ? "It describes files inside an archive or by a pattern, which no static host can list: open one Parquet file by its own address."
          : "Open a Parquet file by its own address.",
      },
    );
  const label = recordSet
    .flatMap(({ field }) => field)
    .find(({ dataType }) => dataType.some((type) => /(?:cr|ml):label$/i.test(type)));
  return {
    kind: "croissant",
    title: alternateName?.[0] ?? name,
    label: label?.source?.extract?.column ?? label?.name,
    licence: typeof license === "string" ? license : undefined,
    tables,
  };
}

function tableAt(path: string, base: string): RemoteTable {
  const url = new URL(path, base);
  return { url: url.href, name: decodeURIComponent(url.pathname.slice(url.pathname.lastIndexOf("/") + 1)) };
}

/** `1430 B`, `12 KB`: what Croissant writes. */
function bytesOf(size: string | undefined): number | undefined {
  const found = /^([\d.]+)\s*([KMGT]?)(i?)B?$/i.exec(size ?? "");
  if (!found) return undefined;
  return Math.round(Number(found[1]) * (found[3] ? 1024 : 1000) ** " KMGT".indexOf(found[2].toUpperCase() || " "));
}
