/** An attempt may be on a break that was begun elsewhere: the server says so when something of it is sent. */

const eventName = 'azora-attempt-break'

/** Tell the page of an attempt that it is on a break. */
export function tellBreak(submissionId: string): void {
  dispatchEvent(new CustomEvent(eventName, { detail: submissionId }))
}

/** Be told when an attempt is on a break. Answers with how to stop that. */
export function onToldBreak(submissionId: string, take: () => void): () => void {
  const hear = (event: Event) => {
    const { detail } = event as CustomEvent<string>
    if (detail === submissionId) take()
  }
  addEventListener(eventName, hear)
  return () => removeEventListener(eventName, hear)
}
