import { startAddress } from './landing.ts'
import { nextPath } from './next-path.ts'

type Asked = Record<string, string | string[] | undefined>

export type Arrival = {
  /** Where to go once signed in, a path of this site. */
  destination: string
  /** The course that someone wanted to enrol in when they were asked to sign in. */
  courseId: string | null
}

/**
 * What someone wants who comes to sign in, from the query of the page. Without a wish it is the page that leads to
 * where their work is. Who went to an outside provider comes back
 * through `/signin?next=…` again, so such layers are taken off.
 */
export function arrivalOf(asked: Asked): Arrival {
  const destination = nextPath(asked.next, startAddress)
  const courseId = typeof asked.enrol === 'string' ? asked.enrol : null
  if (!URL.canParse(destination, 'http://here')) return { destination: startAddress, courseId }
  const { pathname, searchParams } = new URL(destination, 'http://here')
  if (pathname !== '/signin') return { destination, courseId }
  return arrivalOf({
    next: searchParams.get('next') ?? undefined,
    enrol: courseId ?? searchParams.get('enrol') ?? undefined,
  })
}

/** The query that carries an arrival on to another page. */
export function arrivalQuery({ destination, courseId }: Arrival): string {
  return String(new URLSearchParams({ next: destination, ...(courseId ? { enrol: courseId } : {}) }))
}
