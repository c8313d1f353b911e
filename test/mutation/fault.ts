/**
 * A fault that someone could make, as an edit of one file. `from` stands there exactly once, so that a fault whose
 * place was rewritten is noticed and not passed over. What two places of the code keep out, so that a fault in one
 * changes nothing, is not listed.
 */
export type Fault = {
  /** What would be wrong then, in a few words. */
  says: string
  file: string
  from: string
  to: string
  /** The tests that should notice; unless given, those nearest to the file. */
  tests?: string[]
}
