'use client'
import { useEffect } from 'react'
import { followBrowser } from '../less-data/choice.ts'
import { sendWaiting } from '../offline/sender.ts'
import { rememberAccount, rememberedAccount } from './known-account.tsx'

/** Registers the service worker, and sends what waits on this device: at each page and when the line comes back. */
export function Device({ account }: { account: { name: string } | null }) {
  const signedIn = account !== null
  const name = account?.name ?? null
  useEffect(() => {
    navigator.serviceWorker?.register('/sw.js').catch((failure: unknown) => {
      // A private window may forbid it; the site then works, only not offline.
      console.warn('The service worker could not be registered.', failure)
    })
  }, [])
  useEffect(() => {
    followBrowser()
    import('../less-data/data-used.ts').then(
      ({ countDataUsed }) => countDataUsed(),
      (failure: unknown) => console.warn('The data that is used is not counted.', failure),
    )
  }, [])
  useEffect(() => rememberAccount(name === null ? null : { name }), [name])
  useEffect(() => {
    // The page for offline was made for nobody; what waits is sent from there too.
    if (!signedIn && !rememberedAccount()) return
    const send = () => {
      sendWaiting().catch((failure: unknown) => {
        console.warn('What waits on this device could not be sent; it stays and is tried again.', failure)
      })
    }
    send()
    addEventListener('online', send)
    return () => removeEventListener('online', send)
  }, [signedIn])
  return null
}
