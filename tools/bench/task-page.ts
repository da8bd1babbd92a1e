import { taskIds } from "../samples/suite";
import type { Measured } from "./main";
import { createRows, type Effort, type FoundChromium, runsOf } from "./tab";
import { type OpenPage, unwatched } from "./unwatched";

const RUNS = 5;
/** How long a reader looks at the gallery before the click, in ms. */
const LOOKS = 2_000;

/** A task's page from the gallery, in ms since the click: until the first column's profile shows, until all do, and until it is known how well each column tells the classes apart. */
export async function taskPage(found: FoundChromium, effort: Effort): Promise<Measured[]> {
  const rows = createRows();
  const tasks = effort.brief ? ["emoji-aisle", "icon-styles", "word-sense"] : taskIds();
  for (let run = 0; run < runsOf(RUNS, effort); run++)
    for (const task of tasks) {
      const { first, all, told } = await unwatched(found, visit, { task, looks: LOOKS });
      rows.add(`${task}: click to the first profile`, "ms", first, 1_000);
      rows.add(`${task}: click to all profiles`, "ms", all, 5_000);
      rows.add(`${task}: click to all profiles and strengths`, "ms", told);
      const hasty = await unwatched(found, visit, { task, looks: 0 });
      rows.add(`${task}: click as soon as its card shows to the first profile`, "ms", hasty.first);
    }
  return rows.all();
}

async function visit(open: OpenPage, { task, looks }: { task: string; looks: number }) {
  const { found, at } = await open("index.html");
  const card = await found((page) => page.document.querySelector<HTMLAnchorElement>(`a.task-card[href$="/${task}"]`));
  await new Promise((looked) => setTimeout(looked, looks));
  const clicked = at();
  card.click();
  await found((page) => page.document.querySelector(".profile[data-ready]"));
  const first = at() - clicked;
  await found((page) => !page.document.querySelector(".profile:not([data-ready])"));
  const all = at() - clicked;
  await found((page) => page.document.querySelector(".profiles-list[aria-busy=false]"));
  return { first, all, told: at() - clicked };
}
