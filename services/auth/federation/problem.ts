/** What the page to which someone returns is told in `?problem=`. */
export type ProblemCode =
  /** The provider is away, or its settings here are wrong. */
  | 'provider_unavailable'
  /** The person turned back at the provider. */
  | 'cancelled'
  /** The answer of the provider could not be believed. */
  | 'sign_in_failed'
  /** The way there and back took too long, was finished already, or began in another browser. */
  | 'expired'
  | 'email_unverified'
  /** An account here has the address: sign in to that and link. */
  | 'link_first'
  /** No account here goes with it, and the school takes nobody who was not invited. */
  | 'not_registered'
  | 'account_suspended'
  /** The account there signs in someone else here. */
  | 'identity_taken'
  /** Another account of that provider is linked. */
  | 'already_linked'
  /** Not the account that is linked. */
  | 'wrong_identity'
  /** The provider did not ask anew who it is. */
  | 'not_fresh'
  /** The session that began it has ended meanwhile, or another is there. */
  | 'signed_out'
  /** The account proves itself by its second factor. */
  | 'second_factor_required'

/** Why nothing came of a visit to a provider. `reason` is for the log, free of anything that someone sent. */
export class FederationProblem extends Error {
  readonly code: ProblemCode
  readonly reason: string
  constructor(code: ProblemCode, reason: string = code) {
    super(reason)
    this.name = 'FederationProblem'
    this.code = code
    this.reason = reason
  }
}
