/** When an attempt ends may move while it is open: each answer that is saved comes back with it. */

const eventName = 'azora-attempt-end'

type End = { submissionId: string; expiresAt: string | null }

/** Tell the page of an attempt when it ends now. */
export function tellEnd(end: End): void {
  dispatchEvent(new CustomEvent<End>(eventName, { detail: end }))
}

/** Be told when an attempt ends, each time that an answer of it was saved. Answers with how to stop that. */
export function onMovedEnd(submissionId: string, take: (expiresAt: string | null) => void): () => void {
  const hear = (event: Event) => {
    const { detail } = event as CustomEvent<End>
    if (detail.submissionId === submissionId) take(detail.expiresAt)
  }
  addEventListener(eventName, hear)
  return () => removeEventListener(eventName, hear)
}
