import { Fault } from "../../base";
import { BROUGHT_LEAD, BROUGHT_LICENCE } from "../import/brought";
import { readManifest, SPLIT_NAMES, type SplitName, type TaskManifest } from "../manifest";

/** What whoever publishes a task says of it. */
export interface PublishAbout {
  /** Names the folder: lower-case letters, digits and hyphens. */
  id: string;
  title: string;
  /** Markdown. */
  description: string;
  /** SPDX names joined by AND, the address of a licence, or its words. */
  licence: string;
  /** Who made the data, and where it is at home. */
  credit: { name: string; url: string };
  /** Where the rows come from. */
  source: string;
}

/** A table of the folder, as a manifest names it. */
export type PublishedTable = TaskManifest["splits"]["train"];

/** What is known of a task already, for whoever publishes it to correct. */
export function publishDraft(manifest: TaskManifest): PublishAbout {
  const { id, title, description, licence, attribution, source } = manifest;
  const [first] = attribution;
  return {
    id,
    title,
    description: description.startsWith(BROUGHT_LEAD)
      ? description.slice(BROUGHT_LEAD.length).trimStart()
      : description,
    licence: licence === BROUGHT_LICENCE ? "" : licence,
    credit: { name: first?.name ?? "", url: first?.url ?? "" },
    source: source.replace(/^Brought to this browser from/, "Made from"),
  };
}

/** What is missing or wrong before a task can be published, the first thing first. */
export function publishFault({ id, title, licence, credit }: PublishAbout): Fault | undefined {
  const refuse = (message: string, hint: string): Fault => new Fault("publish", message, { hint });
  if (title.trim() === "") return refuse("The task has no title", "It is what readers see first.");
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id))
    return refuse(`Cannot name the folder "${id}"`, "Lower-case letters, digits and hyphens, like my-task.");
  if (licence.trim() === "")
    return refuse(
      "The task has no licence",
      "Say what readers may do with the data, like CC-BY-4.0, or in your own words: for use inside the company.",
    );
  if (credit.name.trim() === "")
    return refuse("Nobody is credited", "Say who made the data: a person, team or company.");
  if (credit.url !== "" && !/^https?:\/\/\S+$/.test(credit.url))
    return refuse(`"${credit.url}" is no address`, "It begins with https://, or is left out.");
  return undefined;
}

/** The manifest of a task as it is published. @throws Fault `invalid` should it not be one */
export function publishedManifest(
  manifest: TaskManifest,
  about: PublishAbout,
  tables: Record<SplitName, PublishedTable> & { records?: PublishedTable },
): TaskManifest {
  const { credit, licence } = about;
  const mine = { name: credit.name.trim(), licence: licence.trim(), ...(credit.url && { url: credit.url }) };
  const [first, ...rest] = manifest.attribution;
  return readManifest(
    {
      ...manifest,
      id: about.id,
      title: about.title.trim(),
      description: about.description.trim(),
      licence: licence.trim(),
      attribution: [{ ...first, ...mine }, ...rest],
      source: about.source.trim(),
      splits: Object.fromEntries(SPLIT_NAMES.map((split) => [split, tables[split]])),
      ...(tables.records && { records: tables.records }),
      baselines: [],
    },
    `${about.id}/task.json`,
  );
}
