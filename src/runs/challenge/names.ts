/** What the path of a dropped file says of it. */
export interface FileNames {
  team: string | undefined;
  task: string | undefined;
}

/** A folder or a stem that says what the file is, and not whose. */
const NO_TEAM = /^(test|predictions?|labels|test-labels|submissions?|runs?|cards?|results?|validation)$/i;

/**
 * The team and the task of a file by its path: `rocket/emoji-aisle.csv`, `emoji-aisle/rocket.csv` or
 * `rocket.emoji-aisle.csv` (also with `-`, `_` or a space before the task). Of several tasks that fit the longest counts.
 */
export function namesInPath(path: string, tasks: readonly string[]): FileNames {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const stem = (parts.pop() ?? "").replace(/(\.(csv|tsv|txt|parquet|json))+$/i, "");
  const byLength = [...tasks].sort((a, b) => b.length - a.length);
  const sides = byLength.flatMap((task): { task: string; team: string | undefined }[] => {
    const lower = stem.toLowerCase();
    if (lower === task) return [{ task, team: undefined }];
    const before = lower.endsWith(task) && /[._ -]/.test(lower.charAt(lower.length - task.length - 1));
    if (before) return [{ task, team: stem.slice(0, -task.length - 1) }];
    const after = lower.startsWith(task) && /[._ -]/.test(lower.charAt(task.length));
    return after ? [{ task, team: stem.slice(task.length + 1) }] : [];
  });
  const folders = parts.reverse();
  const folder = byLength.find((task) => folders.some((part) => part.toLowerCase() === task));
  const task = sides[0]?.task ?? folder;
  const candidates = [sides[0] ? sides[0].team : stem, ...folders.filter((part) => part.toLowerCase() !== task)];
  const team = candidates.find((name) => name !== undefined && name !== "" && !NO_TEAM.test(name));
  return { team, task };
}
