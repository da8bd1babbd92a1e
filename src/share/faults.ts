import { Fault } from "../base";

const HINT = "Ask for the link again, or for the notebook as an .md file: chat programs cut or change long links.";

export function damaged(message: string, cause?: unknown): Fault {
  return new Fault("link-damaged", message, { hint: HINT, cause });
}

export function unreadable(cause?: unknown): Fault {
  return damaged("This link is damaged: its text cannot be unpacked", cause);
}

export function tooLarge(bytes: number): Fault {
  return new Fault("link-large", `A notebook larger than ${bytes / 1e6} MB does not go into a link`, {
    hint: "It can be sent as an .md file: Share, Notebook (.md).",
  });
}
