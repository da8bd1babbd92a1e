/** Keeps a text of an editor and the page's copy of it in step, while both may change. See `createEchoes`. */
export interface Echoes {
  /** The editor's text became this. False while that is the doing of `given`: the page needs not be told. */
  sent(text: string): boolean;
  /** The page gives this text; `now` is the editor's. Replaces it if the text is from outside, not an echo. */
  given(text: string, now: string, replace: (text: string) => void): void;
}

/**
 * The page gives back each text that it was told of, sometimes late and sometimes not at all (when it was told of a newer
 * one before it rendered). A late one is no reason to change the editor: letters typed since then would be lost.
 */
export function createEchoes(): Echoes {
  let open: string[] = [];
  let replacing = false;
  return {
    sent: (text) => {
      if (replacing) return false;
      open.push(text);
      return true;
    },
    given: (text, now, replace) => {
      if (text === now) {
        open = [];
        return;
      }
      const at = open.indexOf(text);
      if (at >= 0) {
        open = open.slice(at + 1);
        return;
      }
      open = [];
      replacing = true;
      try {
        replace(text);
      } finally {
        replacing = false;
      }
    },
  };
}
