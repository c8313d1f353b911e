import { call } from '../lib/api.browser.ts'
import { type Progress, progressKey } from './database.ts'
import { put, rowsOf } from './outbox.ts'
import { sendWaiting } from './sender.ts'

export type Outcome = 'sent' | 'kept' | 'refused'

/** What became of the progress in a lesson: `kept` waits here for the line, `refused` would wait in vain. */
export async function outcomeOf(lessonId: string): Promise<Outcome> {
  const state = (await rowsOf(lessonId)).find(row => row.key === progressKey(lessonId))?.state
  return state === 'waiting' ? 'kept' : state === 'refused' ? 'refused' : 'sent'
}

/** Keeps progress on this device, then sends it. */
export async function saveProgress(progress: Progress, keepalive = false): Promise<Outcome> {
  try {
    await put({ kind: 'progress', progress })
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure
    // The device keeps nothing, as when its disk is full.
    await call('education.saveProgress', progress, { keepalive })
    return 'sent'
  }
  await sendWaiting({ keepalive })
  return outcomeOf(progress.lessonId)
}
