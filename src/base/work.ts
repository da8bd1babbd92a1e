/** What goes on in workers for this page, so that what can wait may wait. */
export interface Work {
  /** Something has begun; the function that it gives back is called once, when it has ended. */
  begin(): () => void;
  /** How much goes on now. */
  going(): number;
  /** How much has ever begun. */
  begun(): number;
}

export function createWork(): Work {
  let going = 0;
  let begun = 0;
  return {
    begin: () => {
      going++;
      begun++;
      return () => {
        going--;
      };
    },
    going: () => going,
    begun: () => begun,
  };
}

/** That of this page: every call to a worker, from its question to its answer. */
export const work = createWork();
