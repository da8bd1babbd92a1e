import type { Progress } from "../../base";
import { createConverter } from "../../data";
import { createImporter, type PublishAbout } from "../../tasks";
import { loadManifest } from "../task-loader";
import type { TaskSource } from "../task-source";
import type { Published } from "./publish";

export interface Publishing {
  /**
   * Makes the folder of a task that is here, in engines of its own.
   * @throws Fault `publish` for what is not said yet, and those of the task's files
   */
  make(
    id: string,
    about: PublishAbout,
    options?: { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
  ): Promise<Published>;
}

export function createPublishing(source: TaskSource, now: () => number): Publishing {
  return {
    make: async (id, about, options = {}) => {
      const { publishTask } = await import("./publish"); // comes when somebody publishes
      const converter = createConverter();
      const importer = createImporter();
      try {
        return await publishTask({ source, converter, importer }, await loadManifest(source, id), about, {
          ...options,
          app: document.baseURI.replace(/[#?].*$/, "").replace(/index\.html$/, ""),
          date: new Date(now()).toISOString().slice(0, 10),
        });
      } finally {
        converter.dispose();
        importer.dispose();
      }
    },
  };
}
