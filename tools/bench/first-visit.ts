import { encodeLink } from "../../src/share";
import type { FoundChromium } from "./tab";
import { type OpenedPage, type OpenPage, unwatched } from "./unwatched";

/** What a visit took, in ms since its navigation began. */
export interface Visit {
  emptyPaint: number;
  paint: number;
  readable: number;
  queried: number;
  warmReadable: number;
  warmQueried: number;
}

/** The first visit by a link to a notebook of one query, and the second one to the reader's own copy of it. */
export function firstVisit(found: FoundChromium, notebook: string): Promise<Visit> {
  return unwatched(found, visit, { link: encodeLink({ markdown: notebook }), notebook });
}

async function visit(open: OpenPage, given: { link: string; notebook: string }): Promise<Visit> {
  const painted = ({ found }: OpenedPage) =>
    found((page) => page.performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  const readable = ({ found }: OpenedPage) =>
    found((page) => page.document.querySelector('[aria-label$=" cell first"]'));
  const queried = ({ found }: OpenedPage) =>
    found((page) => {
      const [{ status, fault }] = page.polytab.cells();
      if (fault) throw new Error(fault.message);
      return status === "ready";
    });
  const button = (page: Window, name: string) =>
    [...page.document.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  const emptyPaint = await painted(await open("empty.html"));

  const first = await open(`index.html#nb=${given.link}`);
  await readable(first);
  const readableAt = first.at();
  void first.page.polytab.run();
  (await first.found((page) => button(page, "Run the notebook"))).click();
  await queried(first);
  const queriedAt = first.at();
  const paint = await painted(first);

  await first.page.polytab.openNotebook(given.notebook);
  const own = await first.found(({ location }) => location.hash.startsWith("#/notebook/") && location.hash);
  await first.found((page) => page.polytab.cells()[0]?.status === "ready" || void page.polytab.run());
  const again = await open(`index.html${own}`);
  await readable(again);
  const warmReadable = again.at();
  void again.page.polytab.run();
  await queried(again);
  return { emptyPaint, paint, readable: readableAt, queried: queriedAt, warmReadable, warmQueried: again.at() };
}
