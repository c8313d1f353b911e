/** Why an item cannot be worked with. `detail` is a name that the item itself uses. */
export type QtiFaultCode =
  /** An expression or a rule that is unknown, or that belongs to a whole test. */
  | 'unknown_rule'
  /** The standard templates alone are known: others would have to be fetched. */
  | 'unknown_template'
  /** A variable that the item does not declare. */
  | 'undeclared'
  /** Some responses name a right answer and others do not, so that no one can say what the whole is worth. */
  | 'unclear_worth'
  /** Rules that take more steps than any real item does. */
  | 'too_many_steps'

export class QtiFault extends Error {
  readonly code: QtiFaultCode
  readonly detail: string

  constructor(code: QtiFaultCode, detail: string) {
    super(`${code}: ${detail}`)
    this.name = 'QtiFault'
    this.code = code
    this.detail = detail.slice(0, 100)
  }
}
