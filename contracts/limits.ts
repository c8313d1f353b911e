/**
 * How large things may be, by every way in: the API, an import, an event. Generous enough for what real courses hold;
 * what an import brings beyond them is brought to the limit and noted, or kept as a file.
 */
export const limits = {
  /** Characters of HTML in one text. A request holds 1 MB, so this leaves room for its escapes. */
  htmlLength: 800_000,
  linkLength: 8_000,
  questionsOfQuiz: 500,
  optionsOfQuestion: 100,
  pointsOfQuestion: 10_000,
  /** A week. */
  timeLimitMinutes: 10_080,
  attempts: 1_000,
  accessCodeLength: 255,
  /** Bytes of JSON that one save may take, with room for what a request adds. */
  savedBytes: 900_000,
} as const
