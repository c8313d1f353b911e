import { ApiError, call, type InputOf } from '../lib/api.browser.ts'
import { isPassing } from './answers.ts'
import { drop, fetchKept, keep, keysKept } from './database.ts'

export type Progress = InputOf<'education.saveProgress'>

/** Both of two states of a lesson. Progress never goes back, so sending it twice, or late, does no harm. */
export function furthest(a: Progress | undefined, b: Progress): Progress {
  return {
    lessonId: b.lessonId,
    completed: Boolean(a?.completed || b.completed),
    positionPercent: Math.max(a?.positionPercent ?? 0, b.positionPercent ?? 0),
    positionSeconds: Math.max(a?.positionSeconds ?? 0, b.positionSeconds ?? 0),
  }
}

/** Told to the window after what waited was sent; its detail is the number of lessons that still wait. */
export const waitingEvent = 'azora-waiting'

/**
 * Keeps progress on this device, then sends it. Answers `sent`, or `kept` when it waits here for the line. Throws
 * the ApiError of a refusal that waiting would not mend.
 */
export async function saveProgress(progress: Progress, keepalive = false): Promise<'sent' | 'kept'> {
  const whole = furthest(await fetchKept<Progress>('progress', progress.lessonId), progress)
  await keep('progress', whole.lessonId, whole)
  return send(whole, keepalive)
}

async function send(progress: Progress, keepalive = false): Promise<'sent' | 'kept'> {
  try {
    await call('education.saveProgress', progress, { keepalive })
  } catch (failure) {
    if (isPassing(failure)) return 'kept'
    await drop('progress', progress.lessonId)
    throw failure
  }
  // What was added while this was under way stays for the next time.
  const now = await fetchKept<Progress>('progress', progress.lessonId)
  if (JSON.stringify(now) === JSON.stringify(progress)) await drop('progress', progress.lessonId)
  return 'sent'
}

/** Sends all progress that waits on this device; answers how many lessons still wait. */
export async function sendWaitingProgress(): Promise<number> {
  let waiting = 0
  for (const key of await keysKept('progress')) {
    const progress = await fetchKept<Progress>('progress', String(key))
    if (!progress) continue
    try {
      if ((await send(progress)) === 'kept') waiting++
    } catch (failure) {
      // Refused for good, such as a lesson that was deleted: `send` has dropped it, and the others go on.
      if (!(failure instanceof ApiError)) throw failure
    }
  }
  return waiting
}
