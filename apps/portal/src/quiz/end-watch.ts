import { leftSeconds } from './time-left.ts'

/** When an attempt ends, and what time it is, as the server told both. */
type Told = { expiresAt: string | null; now: string }

type Watched = {
  /** As the page got it: it may be older than it looks, out of the device's cache. */
  first: Told & {
    /** It was told just now, on this page: this device's clock never counts. */
    heard?: boolean
  }
  ask: () => Promise<Told>
  /** This device's clock in milliseconds. */
  clock: () => number
  isVisible: () => boolean
  /** It asks less often, where data is costly. */
  seldom?: boolean
  /** The seconds that are left, or null without an end. */
  onLeft: (seconds: number | null) => void
  /** The attempt is over; called once, with the time by the server's clock as far as that is known. */
  onEnd: (nowMs: number) => void
}

// For who reads without saving: a closing that was added or brought forward is seen within this. Each time costs data.
const refreshMs = 5 * 60_000
const seldomMs = 20 * 60_000
// Answers have 15 seconds of grace after the end. Who waits longer for word of it would lose the last of them.
const patienceMs = 4_000

/**
 * Watches for the end of an open attempt by the server's clock. The end may have moved since it was told, as when a
 * learner was given more time, so at zero the server is asked first. Without a line the attempt ends by what is known.
 */
export function watchEnd({ first, ask, clock, isVisible, seldom = false, onLeft, onEnd }: Watched) {
  let { expiresAt } = first
  let offsetMs = Date.parse(first.now) - clock()
  let heard = first.heard ?? false
  let over = false
  let askedAt = clock()
  /** The question that has no answer yet. */
  let open: { atEnd: boolean } | null = null

  const left = () => (expiresAt === null ? null : leftSeconds(expiresAt, clock() + offsetMs))

  const end = () => {
    over = true
    onEnd(clock() + offsetMs)
  }

  const inquire = () => {
    const question = { atEnd: left() === 0 }
    open = question
    askedAt = clock()
    const take = (fresh: Told) => {
      if (open !== question) return
      heard = true
      expiresAt = fresh.expiresAt
      offsetMs = Date.parse(fresh.now) - clock()
    }
    // Without a line this device's own clock is the best there is, until the server's was heard.
    const miss = () => {
      if (open === question && !heard) offsetMs = 0
    }
    void ask()
      .then(take, miss)
      .then(() => {
        if (over || open !== question) return
        open = null
        onLeft(left())
        if (left() === 0) end()
      })
  }

  const tick = () => {
    if (over) return
    onLeft(left())
    if (left() === 0) {
      if (!open?.atEnd) inquire()
      else if (clock() - askedAt > patienceMs) end()
    } else if (isVisible() && clock() - askedAt >= (seldom ? seldomMs : refreshMs)) inquire()
  }

  onLeft(left())
  if (expiresAt !== null) inquire()

  return {
    /** To be called each second. */
    tick,
    /** The end that came back with a saved answer. */
    moveTo(end: string | null) {
      expiresAt = end
      tick()
    },
    stop() {
      over = true
    },
  }
}
