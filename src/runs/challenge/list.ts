import { Fault, readAs, z } from "../../base";

/**
 * `challenge.json`: what an organiser puts beside the page. Paths are relative to it. Labels are listed when the challenge
 * is over; until then nobody's predictions can be scored.
 */
const FORMAT = "polytab-challenge/1";

const path = z.string().min(1).max(500);
const listSchema = z.object({
  format: z.literal(FORMAT),
  title: z.string().max(200).default("Challenge"),
  about: z.string().max(2_000).optional(),
  teams: z
    .array(
      z.object({
        name: z.string().min(1).max(200),
        /** Run cards. */
        cards: z.array(path).max(200).default([]),
        /** Prediction files of the test split, by task. */
        predictions: z.record(z.string(), path).default({}),
      }),
    )
    .max(500),
  /** Files of the test split's labels, by task. */
  labels: z.record(z.string(), path).default({}),
});

export type ChallengeList = z.infer<typeof listSchema>;

/** @throws Fault `challenge-form`, and `invalid` with the path of what is wrong */
export function readChallengeList(value: unknown, file: string): ChallengeList {
  const list = readAs(listSchema, value, file, { file });
  const twice = list.teams.find(({ name }, place) => list.teams.findIndex((other) => other.name === name) !== place);
  if (twice)
    throw new Fault("challenge-form", `${file} lists the team "${twice.name}" twice`, {
      hint: "Give all files of a team in one place.",
      where: { file },
    });
  return list;
}
