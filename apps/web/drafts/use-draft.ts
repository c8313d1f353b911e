'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { signedOutEvent } from '../offline/caches.ts'
import { useDraftOwner } from './draft-owner.tsx'
import { draftKey, forgetDraft, type KeptDraft, keepDraft, keptDrafts } from './draft-shelf.ts'
import { addGuard, allowLeaving } from './leave-guard.ts'
import { holdPage, openPages, tellSaved, whenSaved } from './other-pages.ts'

const keepAfterMs = 500

type Question = { leave: () => void; stay: () => void }

export type DraftState = ReturnType<typeof useDraft>

/**
 * Keeps on this device what is being written, asks before it is left, and offers it when the person comes back. Draw
 * `<DraftNotice draft={…}>` where the offer is to stand.
 *
 * `thing` names what is written and is the same at every visit (`lesson:<id>`). `base` is what the server holds, as
 * JSON of the same shape as `value`: while both are equal there is nothing to keep. `isValue` guards against what an
 * older version of the page kept.
 */
export function useDraft<T>({
  thing,
  value,
  base,
  isValue,
  onRestore,
  asks = true,
}: {
  thing: string
  value: T
  base: string
  isValue: (value: unknown) => value is T
  onRestore: (value: T) => void
  /** Whether leaving is asked about; not where nothing is ever saved, as when trying something out. */
  asks?: boolean
}) {
  const owner = useDraftOwner()
  const [page] = useState(() => Math.random().toString(36).slice(2))
  const [offers, setOffers] = useState<KeptDraft<T>[]>([])
  const [question, setQuestion] = useState<Question | null>(null)
  // The dialog closes after it was answered; the first answer counts.
  const open = useRef<Question | null>(null)
  const [full, setFull] = useState(false)
  const [savedElsewhere, setSavedElsewhere] = useState<string | null>(null)
  const text = JSON.stringify(value)
  const dirty = text !== base
  const key = owner === null ? null : draftKey(owner, thing, page)
  const now = useRef({ value, base, dirty, key, isValue })
  now.current = { value, base, dirty, key, isValue }
  const paused = useRef(false)
  /** The text that was saved, from the moment of saving until `base` says so too. */
  const saved = useRef<string | null>(null)
  /** The session has ended: nothing is kept or asked any more. */
  const ended = useRef(false)

  const keep = useCallback(() => {
    const { key: at, value: written, base: before, dirty: unsaved } = now.current
    if (at === null || !unsaved || ended.current || JSON.stringify(written) === saved.current) return
    const draft = { at: new Date().toISOString(), base: before, value: written }
    setFull(!keepDraft(localStorage, at, draft))
  }, [])

  useEffect(() => {
    if (owner === null || key === null) return
    let here = true
    const release = holdPage(key)
    void openPages().then(pages => {
      if (!here) return
      const found = keptDrafts(
        localStorage,
        owner,
        thing,
        (kept): kept is T => now.current.isValue(kept),
        name => name === key || pages.has(name),
      )
      const differs = (kept: KeptDraft<T>) => JSON.stringify(kept.value) !== now.current.base
      for (const kept of found) if (!differs(kept)) forgetDraft(localStorage, kept.key)
      setOffers(found.filter(differs))
    })
    return () => {
      here = false
      release()
    }
  }, [owner, key, thing])

  // `text` is among the conditions because a pause begins anew with every change.
  useEffect(() => {
    if (key === null) return
    if (!dirty) return forgetDraft(localStorage, key)
    const timer = setTimeout(keep, keepAfterMs)
    return () => clearTimeout(timer)
  }, [key, dirty, text, keep])

  useEffect(() => {
    const remove = addGuard({
      isDirty: () =>
        asks &&
        now.current.dirty &&
        !ended.current &&
        !paused.current &&
        JSON.stringify(now.current.value) !== saved.current,
      ask: (leave, stay) => {
        open.current = { leave, stay }
        setQuestion(open.current)
      },
    })
    const end = () => {
      ended.current = true
    }
    addEventListener('pagehide', keep)
    addEventListener('beforeunload', keep)
    document.addEventListener('visibilitychange', keep)
    addEventListener(signedOutEvent, end)
    return () => {
      keep()
      remove()
      removeEventListener('pagehide', keep)
      removeEventListener('beforeunload', keep)
      document.removeEventListener('visibilitychange', keep)
      removeEventListener(signedOutEvent, end)
    }
  }, [keep, asks])

  // What this page saves is told to other tabs on the same thing, which would otherwise overwrite it unawares.
  const told = useRef(base)
  useEffect(() => {
    if (owner === null || told.current === base) return
    told.current = base
    setSavedElsewhere(null)
    tellSaved({ owner, thing, base, at: new Date().toISOString() })
  }, [owner, thing, base])
  useEffect(() => {
    if (owner === null) return
    return whenSaved(one => {
      if (one.owner === owner && one.thing === thing && one.base !== now.current.base)
        setSavedElsewhere(one.at)
    })
  }, [owner, thing])

  const [offer] = offers
  const drop = () => {
    if (offer) forgetDraft(localStorage, offer.key)
    setOffers(rest => rest.slice(1))
  }
  return {
    dirty,
    /** What an earlier visit left unsaved; `changedSince` says that the saved version is no longer what it began from. */
    offer: offer ? { at: offer.at, changedSince: offer.base !== base } : null,
    restore: () => {
      if (!offer) return
      onRestore(offer.value)
      // Kept under this page's key before the old one goes: no moment without a copy.
      if (key !== null) keepDraft(localStorage, key, { at: offer.at, base, value: offer.value })
      drop()
    },
    discard: drop,
    /** It is being saved: who leaves now is not asked, since saving may itself lead to another page. */
    pause: (saving: boolean) => {
      paused.current = saving
    },
    /** It is saved, though this page may go before it shows that: no draft is left behind. */
    forget: () => {
      saved.current = text
      if (key !== null) forgetDraft(localStorage, key)
    },
    /** The device could not keep the draft. */
    full,
    savedElsewhere,
    /** Loads the version that another tab saved; what is typed here is offered again afterwards. */
    reload: () => {
      keep()
      allowLeaving()
      location.reload()
    },
    question,
    answer: (leave: boolean) => {
      const asked = open.current
      open.current = null
      setQuestion(null)
      if (leave) keep()
      if (leave) asked?.leave()
      else asked?.stay()
    },
  }
}
