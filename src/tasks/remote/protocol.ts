/** What is asked of another host. The worker that answers sends no cookie and no referrer. */
export type RemoteCalls = {
  /** A small text, like a description. */
  text: { args: { url: string; most: number }; result: string };
  /** How large a file is, and whether its host gives parts of it; learnt from one byte. */
  size: { args: { url: string }; result: RemoteSize };
  bytes: { args: { url: string; name: string; most: number }; result: Uint8Array };
};

export interface RemoteSize {
  bytes: number | undefined;
  ranges: boolean;
}
