import type { StoreApi } from "zustand/vanilla";
import { Fault } from "../../base";
import type { Engines } from "../../cells";
import { SPLIT_NAMES } from "../../tasks";
import type { AppState } from "../state";
import { loadManifest } from "../task-loader";
import type { TaskSource } from "../task-source";
import { browserFacts, type Diagnosis, type Fact, memoryFacts, requestFacts, type Section } from "./facts";
import { reportText } from "./report";
import { selfTest, type TestStep } from "./self-test";

/** What a report of a fault needs to say about this page, this browser and this site. Sends nothing anywhere. */
export interface Diagnostics {
  look(): Promise<Diagnosis>;
  /** Every engine once, on a sample task; the open notebook notices nothing. */
  test(signal: AbortSignal, onSteps: (steps: TestStep[]) => void): Promise<TestStep[]>;
  text(diagnosis: Diagnosis, steps: readonly TestStep[]): string;
}

export function createDiagnostics(options: {
  store: StoreApi<AppState>;
  source: TaskSource;
  engines: Engines;
  version: string;
  build: string | undefined;
}): Diagnostics {
  const { store, source, engines, version, build } = options;
  const catalogue = () => {
    const { catalogue: now } = store.getState();
    return now.status === "ready" ? now.value.tasks : [];
  };
  return {
    look: async () => {
      const scope = { isSecureContext, crossOriginIsolated, navigator, performance };
      const { session, offline } = store.getState();
      const ran = [...(session?.states.values() ?? [])].flatMap((state) =>
        state.status === "ready" && state.last.value.kind === "predictions" ? [state.last.value.info] : [],
      );
      const sections: Section[] = [
        {
          title: "Versions",
          facts: [
            plain("Polytab", version),
            plain("Build", build || "for development"),
            plain("Address", document.baseURI.split(/[?#]/)[0]),
            plain("Kept for offline", offline.app.status + (offline.update ? ", a newer build waits" : "")),
          ],
        },
        { title: "This browser", facts: await browserFacts(scope) },
        {
          title: "Models of the open notebook",
          facts: ran
            .filter(({ provider }) => provider !== undefined)
            .map(({ title, provider, reason }) => plain(title, `${provider}${reason ? ` (${reason})` : ""}`)),
        },
        { title: "Memory", facts: await memoryFacts(scope) },
        {
          title: "Data",
          facts: catalogue().map(({ id, data, kept, rows }) =>
            plain(
              id,
              `${data?.slice(0, 12) ?? "no hash"} · ${SPLIT_NAMES.map((split) => rows[split]).join(" + ")} rows${kept ? " · your own" : ""}`,
            ),
          ),
        },
      ];
      const base = document.baseURI.split(/[?#]/)[0].replace(/[^/]*$/, "");
      return { sections: sections.filter(({ facts }) => facts.length > 0), requests: requestFacts(performance, base) };
    },
    test: async (signal, onSteps) => {
      const [smallest] = catalogue()
        .filter(({ kept, track }) => !kept && track === "classification")
        .sort((a, b) => a.bytes - b.bytes);
      if (!smallest)
        throw new Fault("no-task", "There is no sample task to test with", {
          hint: "The site's folder of samples is missing or empty.",
        });
      return selfTest({ source, engines, manifest: await loadManifest(source, smallest.id), signal, onSteps });
    },
    text: reportText,
  };
}

function plain(name: string, value: string): Fact {
  return { name, value, state: "plain" };
}
