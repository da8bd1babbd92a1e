import { FolderInput } from "lucide-react";
import { useEffect, useState } from "react";
import { placed } from "../../app";
import { useApp, useAppState } from "../pages/useApp";
import { bring } from "./bring";
import { filesOf } from "./dropped";
import "./import.css";

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** Takes files that are dropped anywhere on the page, and says so while they are above it. */
export function DropFiles() {
  const app = useApp();
  const [over, setOver] = useState(false);
  const challenge = useAppState((state) => state.route.page === "challenge");
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault(); // without it the browser opens the file in place of the page
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false); // it left the window, not one element for another
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      void filesOf(event.dataTransfer)
        .then((files) => {
          if (files.length === 0) return undefined;
          if (app.store.getState().route.page !== "challenge")
            return bring(
              app,
              files.map(({ path, file }) => placed(file, path)),
            );
          return app.challenge.take(files.map(({ path, file }) => ({ path, bytes: () => bytesOf(file) })));
        })
        .catch(app.report);
    };
    addEventListener("dragover", onOver);
    addEventListener("dragleave", onLeave);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onOver);
      removeEventListener("dragleave", onLeave);
      removeEventListener("drop", onDrop);
    };
  }, [app]);
  if (!over) return null;
  return (
    <div className="drop" aria-hidden>
      <div>
        <FolderInput size={28} strokeWidth={1.6} />
        <p>
          {challenge
            ? "Drop run cards, predictions or labels"
            : "Drop CSV, Parquet, a task’s folder, or a model as .onnx"}
        </p>
        <small>It is read in this tab. Nothing is uploaded.</small>
      </div>
    </div>
  );
}
