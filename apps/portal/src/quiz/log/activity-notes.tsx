'use client'
import { limits } from '@azora/contracts/limits.ts'
import { useEffect } from 'react'
import { useLessData } from '../../less-data/less-data.tsx'
import { call } from '../../lib/api.browser.ts'
import type { Note } from '../../offline/database.ts'
import { put } from '../../offline/outbox.ts'
import { sendWaiting } from '../../offline/sender.ts'
import { watchActivity } from './watch-activity.ts'

// What is noted is in no hurry: several go at once.
const sendAfterMs = 5_000
const seldomMs = 60_000
// A menu of the browser, or a finger on the address bar, is no leaving.
const blurMs = 1_000

async function keep(submissionId: string, note: Note): Promise<void> {
  try {
    await put({ kind: 'note', submissionId, note })
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure
    await call('assessment.noteActivity', { submissionId, entries: [note] })
  }
}

const questionOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest('[id^="asked-"]')?.id.slice('asked-'.length) : undefined

/** Notes for the log of an attempt what its learner was told before. It shows nothing. */
export function ActivityNotes({ submissionId }: { submissionId: string }) {
  const less = useLessData()
  useEffect(() => {
    let sending: ReturnType<typeof setTimeout> | undefined
    const send = () => {
      sending = undefined
      sendWaiting().catch((failure: unknown) =>
        console.warn('What was noted could not be sent; it stays and is tried again.', failure),
      )
    }
    const watch = watchActivity({
      clock: Date.now,
      isHere: () => document.visibilityState === 'visible' && document.hasFocus(),
      newId: () => crypto.randomUUID(),
      most: limits.deviceEntriesOfLog,
      note: note => {
        keep(submissionId, note)
          .then(() => {
            if (sending === undefined) sending = setTimeout(send, less ? seldomMs : sendAfterMs)
          })
          .catch((failure: unknown) => console.warn('Something could not be noted.', failure))
      },
    })
    let blurred: ReturnType<typeof setTimeout> | undefined
    const blur = () => {
      clearTimeout(blurred)
      blurred = setTimeout(watch.look, blurMs)
    }
    const paste = (event: ClipboardEvent) =>
      watch.paste(event.clipboardData?.getData('text/plain').length ?? 0, questionOf(event.target))
    const up = () => watch.line(true)
    const down = () => watch.line(false)
    if (!navigator.onLine) down()
    document.addEventListener('visibilitychange', watch.look)
    // Before an editor takes the text for itself.
    document.addEventListener('paste', paste, true)
    addEventListener('blur', blur)
    addEventListener('focus', watch.look)
    addEventListener('online', up)
    addEventListener('offline', down)
    return () => {
      clearTimeout(blurred)
      document.removeEventListener('visibilitychange', watch.look)
      document.removeEventListener('paste', paste, true)
      removeEventListener('blur', blur)
      removeEventListener('focus', watch.look)
      removeEventListener('online', up)
      removeEventListener('offline', down)
    }
  }, [submissionId, less])
  return null
}
