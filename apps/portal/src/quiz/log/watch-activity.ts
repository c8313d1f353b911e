import type { Note } from '../../offline/database.ts'

type Seen = Omit<Note, 'id' | 'at'>

type Watched = {
  /** This device's clock in milliseconds. */
  clock: () => number
  /** Whether the page is in sight and in use. */
  isHere: () => boolean
  note: (note: Note) => void
  newId: () => string
  /** No more is noted than this. */
  most: number
}

const weekSeconds = 7 * 24 * 60 * 60

/** Notes what a page sees of an attempt: that it was left and come back to, pastes by their length, and a lost line. */
export function watchActivity({ clock, isHere, note, newId, most }: Watched) {
  let leftAt: number | null = null
  let downAt: number | null = null
  let count = 0
  const add = (seen: Seen) => {
    if (count++ < most) note({ id: newId(), at: new Date(clock()).toISOString(), ...seen })
  }
  // The clock of a device may be set back meanwhile.
  const secondsSince = (then: number) =>
    Math.min(weekSeconds, Math.max(0, Math.round((clock() - then) / 1000)))
  return {
    /** To be called when the page may have been left or come back to. */
    look() {
      if (isHere()) {
        if (leftAt !== null) add({ kind: 'returned', seconds: secondsSince(leftAt) })
        leftAt = null
      } else if (leftAt === null) {
        leftAt = clock()
        add({ kind: 'left' })
      }
    },
    paste(characters: number, questionId: string | undefined) {
      if (characters > 0) add({ kind: 'pasted', characters, ...(questionId ? { questionId } : {}) })
    },
    line(up: boolean) {
      if (!up) downAt ??= clock()
      else if (downAt !== null) {
        add({ kind: 'line_down', seconds: secondsSince(downAt) })
        downAt = null
      }
    },
  }
}
