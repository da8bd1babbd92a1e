import type { ChallengeDesk, ChallengeOptions } from "./desk";

/** The challenge page's commands; what does them is loaded when one is called. */
export function createChallenge(options: ChallengeOptions): ChallengeDesk {
  let desk: Promise<ChallengeDesk> | undefined;
  const loaded = (): Promise<ChallengeDesk> => {
    desk ??= import("./desk").then(({ createChallengeDesk }) => createChallengeDesk(options));
    return desk;
  };
  return {
    open: async () => (await loaded()).open(),
    take: async (files) => (await loaded()).take(files),
  };
}
