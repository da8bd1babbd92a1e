import type { StoreApi } from "zustand/vanilla";
import { Fault, faultDataOf, isAbort } from "../../base";
import { counted, type FileRole, isPictureName } from "../../tasks";
import type { Route } from "../route";
import type { AppState, Notice } from "../state";
import { MANIFEST, readTaskFolder } from "./folder";
import type { Imports } from "./imports";
import { createPicker, type Picker } from "./picking";
import { guessRoles } from "./roles";
import { createImportSession, type ImportSession } from "./session";
import type { ImportState, WizardFile } from "./state";

export interface Wizard {
  /**
   * Takes files in, beside those that are there, and shows the page. A task's own folder, or a .zip of it, needs no page:
   * it is kept as it is and opened.
   */
  open(files: readonly File[], said?: { title?: string; label?: string }): Promise<void>;
  /** A Parquet file on another host: a part of it is chosen first. */
  openAt(remote: { url: string; name: string; bytes: number }): Promise<void>;
  /** Choosing parts of large files. */
  picker: Picker;
  setRole(key: number, role: FileRole | undefined): Promise<void>;
  /** Corrects something; an `undefined` key goes back to what is inferred. */
  change(about: Partial<ImportState["about"]>): Promise<void>;
  /** Makes the task, keeps it and goes to its page. */
  make(): Promise<void>;
  /** Gives the import up. */
  close(): void;
}

export interface WizardOptions {
  store: StoreApi<AppState>;
  imports: Imports;
  go: (route: Route) => void;
  /** Takes files that hold a notebook, and says so. */
  notebook?: (files: readonly File[]) => Promise<boolean>;
  notify: (notice: Omit<Notice, "id">) => void;
  createSession?: typeof createImportSession;
}

export function createWizard({
  store,
  imports,
  go,
  notebook,
  notify,
  createSession = createImportSession,
}: WizardOptions): Wizard {
  let session: ImportSession | undefined;
  let keys = 0;
  /** Counts the changes: what an earlier one still finds out is for nobody. */
  let version = 0;
  /** What the reader has said, over what is guessed. */
  let said: Partial<ImportState["about"]> = {};
  let tail: Promise<unknown> = Promise.resolve();

  const state = (): ImportState | undefined => store.getState().importing;
  const patch = (change: Partial<ImportState>): void =>
    store.setState(({ importing }) => (importing ? { importing: { ...importing, ...change } } : {}));
  const patchFile = (key: number, change: Partial<WizardFile>): void =>
    patch({ files: (state()?.files ?? []).map((file) => (file.key === key ? { ...file, ...change } : file)) });

  const running = (): ImportSession => {
    session ??= createSession({
      onProgress: (progress) => patch(state()?.making ? { making: progress } : { busy: progress }),
    });
    return session;
  };

  /** One after the other: a file that is being read is not asked about. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = tail.then(work);
    tail = turn.catch(() => {});
    return turn;
  };

  const read = async ({ key, file, role }: WizardFile): Promise<void> => {
    if (!role) return;
    try {
      patchFile(key, { look: await running().add(role, file, said.label), fault: undefined });
    } catch (error) {
      if (isAbort(error)) return;
      patchFile(key, { fault: faultDataOf(error), look: undefined });
    }
  };

  const take = async (pictures: readonly File[]): Promise<void> => {
    try {
      patch({ pictures: await running().addPictures(pictures) });
    } catch (error) {
      if (!isAbort(error)) notify({ kind: "fault", ...faultDataOf(error) });
    }
  };

  /** Guesses what was not said, and plans. */
  const plan = async (): Promise<void> => {
    const mine = ++version;
    const files = state()?.files ?? [];
    const looks = files.flatMap(({ role, look }) => (role && look ? [look] : []));
    if (!session || looks.length === 0)
      return patch({ draft: undefined, busy: undefined, fault: undefined, columns: [] });
    patch({ busy: { done: 0, note: "Looking at the columns" } });
    try {
      const guess = await session.guess();
      const about = {
        ...guess,
        ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
      };
      if (mine !== version) return;
      patch({ about: { ...about, label: about.label }, columns: guess.columns, blockable: guess.blockable });
      if (about.label === undefined)
        throw new Fault("label-missing", "Choose the column that holds the label", {
          hint: "It is what a model is to predict.",
        });
      const draft = await session.plan({ ...about, label: about.label });
      if (mine === version) patch({ draft, fault: undefined, busy: undefined });
    } catch (error) {
      if (mine === version && !isAbort(error)) patch({ fault: faultDataOf(error), busy: undefined });
    }
  };

  const begin = (files: WizardFile[]): void => {
    store.setState({
      importing: {
        about: { title: "", track: "classification", label: undefined },
        columns: [],
        picking: [],
        ...state(),
        files,
      },
    });
    go({ page: "import" });
  };

  /** Archives give way to what is in them. */
  const unpacked = async (files: readonly File[]): Promise<File[]> => {
    const all = await Promise.all(files.map((file) => (/\.zip$/i.test(file.name) ? running().unzip(file) : [file])));
    return all.flat();
  };

  const end = (): void => {
    version++;
    session?.dispose();
    session = undefined;
    said = {};
    picker.end();
  };
  const picker: Picker = createPicker({ store, taken: (file) => wizard.open([file]) });

  const wizard: Wizard = {
    picker,
    openAt: async ({ url, name, bytes }) => {
      begin([]);
      await picker.start({ name, bytes, from: url });
    },
    open: async (chosen, about = {}) => {
      said = { ...said, ...about };
      const given = await unpacked(chosen);
      if (await notebook?.(given)) return;
      if (given.some((file) => file.name === MANIFEST)) {
        const id = await imports.keep(await readTaskFolder(given, imports.freeId));
        return go({ page: "task", id });
      }
      const here = state()?.files ?? [];
      const pictures = given.filter(({ name }) => isPictureName(name));
      const others = given.filter((file) => !pictures.includes(file));
      if (others.length + here.length + (state()?.picking.length ?? 0) === 0)
        throw new Fault("pictures-alone", `${counted(pictures.length, "picture")} and no table that names them`, {
          hint: "Bring them together with the table: CSV or Parquet with a column of their file names.",
        });
      const tables = tablesAmong(others);
      const large = tables.filter(isLarge);
      const fresh = tables
        .filter((file) => !large.includes(file))
        .map((file): WizardFile => ({ key: ++keys, file, role: undefined }));
      const files = guessRoles([...here, ...fresh]);
      begin(files);
      for (const file of large) void picker.start({ name: file.name, bytes: file.size, from: file });
      if (fresh.length + pictures.length === 0) return;
      return inTurn(async () => {
        if (pictures.length > 0) await take(pictures);
        for (const file of files) if (fresh.some(({ key }) => key === file.key)) await read(file);
        await plan();
      });
    },
    setRole: (key, role) =>
      inTurn(async () => {
        const files = state()?.files ?? [];
        const own = files.find((file) => file.key === key);
        if (!own || own.role === role) return;
        // Two files that change places: the other takes what this one had.
        const other = role && files.find((file) => file.role === role);
        patch({
          files: files.map((file) =>
            file === own
              ? { ...own, role, look: undefined }
              : file === other
                ? { ...other, role: own.role, look: undefined }
                : file,
          ),
        });
        if (own.role && session) await session.remove(own.role);
        for (const file of state()?.files ?? []) if (file.key === key || file.key === other?.key) await read(file);
        await plan();
      }),
    change: (about) => {
      said = { ...said, ...about };
      const now = state();
      if (now) patch({ about: { ...now.about, ...about } });
      return inTurn(plan);
    },
    make: () =>
      inTurn(async () => {
        const now = state();
        if (!session || !now || now.about.label === undefined || now.making) return;
        patch({ making: { done: 0, note: "Making the task" }, fault: undefined });
        try {
          const about = { ...now.about, label: now.about.label };
          const id = await imports.keep(await session.make(about, imports.freeId(about.title)));
          end();
          store.setState({ importing: undefined });
          go({ page: "task", id });
        } catch (error) {
          if (!isAbort(error)) patch({ fault: faultDataOf(error), making: undefined });
        }
      }),
    close: () => {
      end();
      store.setState({ importing: undefined });
      go({ page: "home" });
    },
  };
  return wizard;
}

/** A Parquet file from so many bytes on is not loaded before its reader has seen what it weighs. */
const LARGE = 100_000_000;

function isLarge(file: File): boolean {
  return file.size >= LARGE && /\.(?:parquet|pq)$/i.test(file.name);
}

const TABLE = /\.(?:csv|tsv|tab|txt|data|gz|parquet|pq)$|^[^.]+$/i;

/** Of a folder's files the ones that may be tables; a file that is given alone is looked at whatever its name is. */
function tablesAmong(files: readonly File[]): readonly File[] {
  const tables = files.filter((file) => TABLE.test(file.name));
  return tables.length > 0 ? tables : files;
}
