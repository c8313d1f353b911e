/** When an attempt ends may move while it is open: each answer that is saved comes back with it. */

const eventName = 'azora-attempt-end'

export type End = {
  submissionId: string
  expiresAt: string | null
  /** The section that is asked, with its own end, and the server's clock. */
  currentSection?: { number: number; endsAt: string | null } | null | undefined
  now: string
}

/** Tell the page of an attempt when it ends now. */
export function tellEnd(end: End): void {
  dispatchEvent(new CustomEvent<End>(eventName, { detail: end }))
}

/** Be told when an attempt ends, each time that an answer of it was saved. Answers with how to stop that. */
export function onMovedEnd(submissionId: string, take: (end: End) => void): () => void {
  const hear = (event: Event) => {
    const { detail } = event as CustomEvent<End>
    if (detail.submissionId === submissionId) take(detail)
  }
  addEventListener(eventName, hear)
  return () => removeEventListener(eventName, hear)
}
