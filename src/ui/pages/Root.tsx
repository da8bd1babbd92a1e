import { lazy, Suspense, useState } from "react";
import { formatRoute } from "../../app";
import { DropFiles } from "../import/DropFiles";
import { UPDATE_TOAST, useUpdate } from "../offline/useUpdate";
import { Button } from "../parts/Button";
import { EmptyState } from "../parts/EmptyState";
import { ShowLater } from "../parts/later";
import type { MenuEntry } from "../parts/Menu";
import { PageBoundary } from "../parts/PageBoundary";
import { type ToastData, ToastRegion } from "../parts/Toast";
import { applyTheme, themeChoice } from "../parts/theme";
import { ShareDialog } from "../share/ShareDialog";
import { shareEntries } from "../share/shareEntries";
import { Header } from "../shell/Header";
import { Shell } from "../shell/Shell";
import { usePanels } from "../shell/usePanels";
import { Aside } from "./Aside";
import { Commands } from "./Commands";
import { ConsentDialog } from "./ConsentDialog";
import { HomePage } from "./HomePage";
import {
  acrossPage,
  boardPage,
  challengePage,
  comparePage,
  diagnosticsPage,
  docsPage,
  importPage,
  notebookPage,
  remotePage,
  taskPage,
} from "./pages";
import { Side } from "./Side";
import { useApp, useAppState, useSession } from "./useApp";

const ModelDialog = lazy(() => import("../models/ModelDialog"));

export function Root() {
  const app = useApp();
  const route = useAppState((state) => state.route);
  const notices = useAppState((state) => state.notices);
  const bringing = useAppState((state) => state.bringing !== undefined);
  const update = useUpdate();
  const panels = usePanels();
  const [sharing, setSharing] = useState(false);
  const [commanding, setCommanding] = useState(false);
  const onNotebook = route.page === "notebook" || route.page === "link";
  return (
    <Shell
      header={<Bar panels={panels} onShare={() => setSharing(true)} onPalette={() => setCommanding(true)} />}
      left={<Side />}
      right={onNotebook ? <Aside /> : undefined}
      leftOpen={panels.leftOpen}
      rightOpen={panels.rightOpen}
      onLeftOpenChange={panels.setLeft}
      onRightOpenChange={panels.setRight}
      rightTitle="Task"
      overlay={
        <>
          <DropFiles />
          <ConsentDialog />
          {bringing && (
            <Suspense fallback={null}>
              <ModelDialog />
            </Suspense>
          )}
          <Commands open={commanding} onOpenChange={setCommanding} panels={panels} onShare={() => setSharing(true)} />
          <ShareDialog open={sharing} onOpenChange={setSharing} />
          <ToastRegion
            toasts={[
              ...notices.map(
                ({ id, kind, message, hint }): ToastData => ({
                  id: String(id),
                  tone: kind === "fault" ? "bad" : "plain",
                  message,
                  more: hint,
                }),
              ),
              ...update.toasts,
            ]}
            onDismiss={(id) => (id === UPDATE_TOAST ? update.dismiss() : app.dismiss(Number(id)))}
          />
        </>
      }
    >
      <PageBoundary key={formatRoute(route)}>
        <Page />
      </PageBoundary>
    </Shell>
  );
}

function Page() {
  const app = useApp();
  const route = useAppState((state) => state.route);
  switch (route.page) {
    case "home":
      return <HomePage />;
    case "import":
      return <ShowLater page={importPage} given={{}} />;
    case "board":
      return <ShowLater page={boardPage} given={{}} />;
    case "challenge":
      return <ShowLater page={challengePage} given={{}} />;
    case "diagnostics":
      return <ShowLater page={diagnosticsPage} given={{}} />;
    case "docs":
      return <ShowLater page={docsPage} given={{ name: route.name }} />;
    case "compare":
      return (
        <ShowLater
          key={`${route.before} ${route.after}`}
          page={comparePage}
          given={{ before: route.before, after: route.after }}
        />
      );
    case "across":
      return <ShowLater key={route.run} page={acrossPage} given={{ id: route.run }} />;
    case "remote":
      return <ShowLater key={route.address} page={remotePage} given={{ address: route.address }} />;
    case "task":
      return <ShowLater key={route.id} page={taskPage} given={{ id: route.id }} />;
    case "notebook":
    case "link":
      return <ShowLater page={notebookPage} given={{}} />;
    case "unknown":
      return (
        <EmptyState
          title="There is no such page"
          actions={<Button onClick={() => app.go({ page: "home" })}>Start page</Button>}
        >
          The address ends in “#{route.fragment}”.
        </EmptyState>
      );
  }
}

interface BarProps {
  panels: ReturnType<typeof usePanels>;
  onShare: () => void;
  onPalette: () => void;
}

function Bar({ panels, onShare, onPalette }: BarProps) {
  const app = useApp();
  const route = useAppState((state) => state.route);
  const session = useSession();
  const catalogue = useAppState((state) => state.catalogue);
  const [theme, setTheme] = useState(themeChoice);
  const onNotebook = (route.page === "notebook" || route.page === "link") && session !== undefined;
  const task = onNotebook ? session.history.present.front.task : route.page === "task" ? route.id : undefined;
  const entries: MenuEntry[] =
    catalogue.status === "ready"
      ? catalogue.value.tasks.map((each) => ({
          label: each.id,
          chosen: each.id === task,
          onSelect: () => app.go({ page: "task", id: each.id }),
        }))
      : [];
  const states = [...(session?.states.values() ?? [])];
  const running = states.filter((state) => state.status === "running" || state.status === "queued").length;
  return (
    <Header
      task={task}
      taskEntries={entries}
      {...(onNotebook && {
        title: session.history.present.front.title,
        onTitle: (title: string) => app.notebooks.setTitle(title),
        note: session.saved.status === "failed" ? "not saved" : session.slot === undefined ? "from a link" : undefined,
        running: running > 0,
        runNote: running > 0 ? `${running} to go` : undefined,
        onRunAll: () => void app.notebooks.run("all"),
        onStop: () => app.notebooks.stop(),
        shareEntries: shareEntries(app, onShare),
        onToggleRight: () => panels.setRight(!panels.rightOpen),
      })}
      onPalette={onPalette}
      theme={theme}
      onTheme={(choice) => {
        applyTheme(choice);
        setTheme(choice);
      }}
      leftOpen={panels.leftOpen}
      rightOpen={panels.rightOpen}
      onToggleLeft={() => panels.setLeft(!panels.leftOpen)}
    />
  );
}
