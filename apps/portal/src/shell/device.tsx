'use client'
import { useEffect } from 'react'
import { sendWaitingAnswers } from '../offline/answers.ts'
import { sendWaitingProgress, waitingEvent } from '../offline/progress.ts'

/** Registers the service worker, and sends what waits on this device: at each page and when the line comes back. */
export function Device({ signedIn }: { signedIn: boolean }) {
  useEffect(() => {
    navigator.serviceWorker?.register('/sw.js').catch((failure: unknown) => {
      // A private window may forbid it; the site then works, only not offline.
      console.warn('The service worker could not be registered.', failure)
    })
  }, [])
  useEffect(() => {
    if (!signedIn) return
    const send = () => {
      Promise.all([sendWaitingProgress(), sendWaitingAnswers()])
        .then(([waiting]) => dispatchEvent(new CustomEvent(waitingEvent, { detail: waiting })))
        .catch((failure: unknown) => {
          console.warn('What waits on this device could not be sent; it stays and is tried again.', failure)
        })
    }
    send()
    addEventListener('online', send)
    return () => removeEventListener('online', send)
  }, [signedIn])
  return null
}
