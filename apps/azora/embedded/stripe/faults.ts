/**
 * How the network and Stripe fail, for tests of those who talk to it. Only who starts the sandbox can give these: they
 * are functions, and no request reaches them.
 */
export type Faults = {
  /**
   * Asked before a request is served. A promise that settles late delays it; what is held after the work was done delays
   * its answer.
   */
  request?(asked: { method: string; path: string }): Promise<RequestFault | null> | RequestFault | null
  /** Asked before each attempt to tell of an event. A promise that settles late delays that: so it comes out of order. */
  webhook?(told: {
    id: string
    type: string
    attempt: number
  }): Promise<WebhookFault | null> | WebhookFault | null
}

export type RequestFault =
  /** The connection ends without an answer; what was asked was not done, or was. */
  | 'cut_before'
  | 'cut_after'
  /** A 500; what was asked was not done, or was. */
  | 'fail_before'
  | 'fail_after'
  /** The work is done; the answer waits for this. */
  | { answerAfter: Promise<unknown> }

/** It counts as told and is not, or is told twice. */
export type WebhookFault = 'never' | 'twice'
