import { NotebookText, SearchX } from "lucide-react";
import { useEffect, useState } from "react";
import { type App, formatRoute } from "../../app";
import { isSavingData } from "../../base";
import { type CatalogueEntry, MODALITIES, type Modality, type Track } from "../../tasks";
import { findTasks, type TaskSearch } from "../explore/findTasks";
import { SearchBox } from "../explore/SearchBox";
import { Switch } from "../explore/Switch";
import { YourTasks } from "../import/YourTasks";
import { OfflineSection } from "../offline/OfflineSection";
import { Button } from "../parts/Button";
import { ModalityChip } from "../parts/Chip";
import { EmptyState, Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCount, formatCountOf } from "../parts/format";
import { whenIdle } from "../parts/idle";
import { NARROW } from "../parts/useMedia";
import { TaskCard } from "../tasks/TaskCard";
import { useTaskScores } from "../tasks/useTaskScores";
import "../explore/gallery.css";
import { fetchPage } from "./pages";
import { useApp, useAppState } from "./useApp";

const TRACKS: readonly { track: Track; title: string; question: string }[] = [
  { track: "classification", title: "Classification", question: "Which class is it?" },
  { track: "matching", title: "Matching", question: "Are these two the same?" },
];
const EVERYTHING: TaskSearch = { words: "", track: "all", modalities: [] };

/** The gallery: every task by its entry in the catalogue. Rows are loaded by a task's own page, never here. */
export function HomePage() {
  const catalogue = useAppState((state) => state.catalogue);
  return (
    <article className="page" data-wide>
      <h1>Polytab</h1>
      <p className="lead">
        Tables that mix text, numbers, categories and pictures, and two questions about them:{" "}
        <em>which class is it?</em> and <em>are these two the same?</em> Explore a task, write features in TypeScript,
        train, score, and share the notebook as a link. Everything happens in this tab; nothing is uploaded.
      </p>
      <FirstSteps />
      {catalogue.status === "loading" && <Skeleton lines={5} />}
      {catalogue.status === "failed" && <FaultView fault={catalogue.fault} />}
      {catalogue.status === "ready" && <Tasks tasks={catalogue.value.tasks} />}
      <OfflineSection />
    </article>
  );
}

/** Two notebooks that explain the page by running. */
function FirstSteps() {
  const app = useApp();
  const open = async (name: string): Promise<void> => {
    const { documentNamed, textOf } = await import("../docs/documents");
    const document = documentNamed(name);
    if (document) await app.notebooks.openText(await textOf(document));
  };
  return (
    <nav className="first-steps" aria-label="First steps">
      <span>New here? A notebook shows it in ten minutes:</span>
      {TRACKS.map(({ track, question }) => (
        <Button key={track} icon={NotebookText} onClick={() => void open(`tutorial-${track}`).catch(app.report)}>
          {question}
        </Button>
      ))}
      <a href={formatRoute({ page: "docs" })}>Documentation</a>
    </nav>
  );
}

/** The reader's own tasks, and the site's. */
function Tasks({ tasks }: { tasks: readonly CatalogueEntry[] }) {
  return (
    <>
      <YourTasks tasks={tasks.filter((task) => task.kept)} />
      <Gallery tasks={tasks.filter((task) => !task.kept)} />
    </>
  );
}

function Gallery({ tasks }: { tasks: readonly CatalogueEntry[] }) {
  const app = useApp();
  useEngineAhead();
  const scoresOf = useTaskScores();
  const [search, setSearch] = useState(EVERYTHING);
  const found = findTasks(tasks, search);
  const change = (part: Partial<TaskSearch>) => setSearch({ ...search, ...part });
  const toggle = (modality: Modality) =>
    change({
      modalities: search.modalities.includes(modality)
        ? search.modalities.filter((each) => each !== modality)
        : [...search.modalities, modality],
    });
  return (
    <>
      <search className="gallery-bar" aria-label="Tasks">
        <SearchBox
          label="Search the tasks"
          placeholder="Search titles, descriptions, columns"
          value={search.words}
          onChange={(words) => change({ words })}
        />
        <Switch
          label="Track"
          options={["all", "classification", "matching"] as const}
          chosen={search.track}
          onChoose={(track) => change({ track })}
        />
        <fieldset className="gallery-modalities">
          <legend className="unseen">Tasks with</legend>
          {MODALITIES.map((modality) => (
            <button
              key={modality}
              type="button"
              className="gallery-modality"
              aria-pressed={search.modalities.includes(modality)}
              onClick={() => toggle(modality)}
            >
              <ModalityChip modality={modality} />
            </button>
          ))}
        </fieldset>
        <output className="gallery-count tabular" aria-live="polite">
          {found.length === tasks.length
            ? formatCountOf(tasks.length, "task")
            : `${formatCount(found.length)} of ${formatCountOf(tasks.length, "task")}`}
        </output>
      </search>
      {found.length === 0 && (
        <div className="gallery-none">
          <EmptyState
            icon={SearchX}
            title="No task fits"
            actions={<Button onClick={() => setSearch(EVERYTHING)}>Show all tasks</Button>}
          >
            {tasks.length === 0
              ? "The catalogue of this site is empty."
              : "A task has to hold every word and every kind of column that you chose."}
          </EmptyState>
        </div>
      )}
      {TRACKS.map(({ track, title, question }) => {
        const here = found.filter((task) => task.track === track);
        if (here.length === 0) return null;
        return (
          <section key={track} aria-labelledby={track}>
            <div className="gallery-track">
              <h2 id={track}>{title}</h2>
              <span>{question}</span>
            </div>
            <div className="cards">
              {here.map((task) => (
                <TaskCard
                  key={task.id}
                  task={task}
                  href={formatRoute({ page: "task", id: task.id })}
                  scores={scoresOf(task)}
                  onNear={() => expectTask(app)}
                />
              ))}
            </div>
          </section>
        );
      })}
    </>
  );
}

function expectTask(app: App): void {
  app.tasks.expect();
  fetchPage({ page: "task" });
}

/**
 * Who looks at tasks opens one: its engine starts and its page's code comes while the page is idle, so that the task's first
 * profile need not wait for them. A phone, which has less memory, and a reader who saves data start it when a card is pointed at.
 */
function useEngineAhead(): void {
  const app = useApp();
  useEffect(() => {
    if (isSavingData() || matchMedia(NARROW).matches) return;
    let left = false;
    whenIdle(() => {
      if (!left && !app.store.getState().task) expectTask(app);
    });
    return () => {
      left = true;
    };
  }, [app]);
}
