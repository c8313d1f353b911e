'use client'
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import { useLessData } from './less-data.tsx'
import { isPictureShown, onPictures } from './shown-pictures.ts'

type LightPictureProps = {
  address: string
  alt: string
  /** What a picture is called. */
  label: string
  /** The picture itself, with what is drawn on it. */
  children: ReactNode
}

/** A picture that is fetched when it is touched, where data is costly; `LightPictures` hears the touch. */
export function LightPicture({ address, alt, label, children }: LightPictureProps) {
  const less = useLessData()
  const shown = useSyncExternalStore(onPictures, () => isPictureShown(address), never)
  const place = useRef<HTMLDivElement>(null)
  const covered = less && !shown
  const wasFocused = useRef(false)
  useEffect(() => {
    if (covered) return
    // The button that had the focus is gone.
    if (wasFocused.current) place.current?.focus({ preventScroll: true })
    wasFocused.current = false
  }, [covered])
  if (!less) return children
  if (!covered)
    return (
      <div ref={place} tabIndex={-1} className="outline-none">
        {children}
      </div>
    )
  return (
    <button
      type="button"
      className="light-picture"
      data-file={address}
      onFocus={() => {
        wasFocused.current = true
      }}
      onBlur={event => {
        // It also loses the focus as it goes.
        if (event.currentTarget.isConnected && event.relatedTarget) wasFocused.current = false
      }}
    >
      <span>
        {label}
        <span data-bytes />
      </span>
      {alt ? <span className="light-alt">{alt}</span> : null}
    </button>
  )
}

const never = () => false
