import { formatRoute } from "../../app";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { TaskCard } from "../tasks/TaskCard";
import { useAppState } from "./useApp";

export function HomePage() {
  const catalogue = useAppState((state) => state.catalogue);
  return (
    <article className="page">
      <h1>Polytab</h1>
      <p className="lead">
        Tables that mix text, numbers, categories and pictures, and two questions about them:{" "}
        <em>which class is it?</em> and <em>are these two the same?</em> Explore a task, write features in TypeScript,
        train, score, and share the notebook as a link. Everything happens in this tab; nothing is uploaded.
      </p>
      {catalogue.status === "loading" && <Skeleton lines={5} />}
      {catalogue.status === "failed" && <FaultView fault={catalogue.fault} />}
      {catalogue.status === "ready" &&
        (["classification", "matching"] as const).map((track) => {
          const tasks = catalogue.value.tasks.filter((task) => task.track === track);
          if (tasks.length === 0) return null;
          return (
            <section key={track} aria-labelledby={track}>
              <h2 id={track}>{track === "classification" ? "Classification" : "Matching"}</h2>
              <div className="cards">
                {tasks.map((task) => (
                  <TaskCard key={task.id} task={task} href={formatRoute({ page: "task", id: task.id })} />
                ))}
              </div>
            </section>
          );
        })}
    </article>
  );
}
