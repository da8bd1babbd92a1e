import { FolderInput } from "lucide-react";
import { useRef } from "react";
import { useApp } from "../pages/useApp";
import { Button, type ButtonProps } from "../parts/Button";
import { bring } from "./bring";

/** Chooses files to bring; what is dropped on the page comes the same way. */
export function BringButton({ children, ...rest }: Omit<ButtonProps, "onClick" | "icon">) {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={FolderInput} onClick={() => input.current?.click()} {...rest}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to bring"
        accept=".csv,.tsv,.tab,.txt,.gz,.parquet,.pq,.zip,.md,.html,.ipynb,.onnx,.json,.png,.jpg,.jpeg,.webp,.gif"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = ""; // the same file again is a change too
          void bring(app, files).catch(app.report);
        }}
      />
    </>
  );
}
