/** A task that would give its answer away, or would not measure what it says. The message is a sentence on what and where. */
export class Leak extends Error {
  override readonly name = "Leak";
}
