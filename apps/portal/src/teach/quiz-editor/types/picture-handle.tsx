'use client'
import type { Point } from '@azora/contracts/assessment/places-on-picture.ts'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { placeOf } from '../../../quiz/types/picture-frame.tsx'

type PictureHandleProps = {
  at: Point
  label: string
  /** How it looks; without it a small square, for what changes a size. */
  children?: ReactNode
  /** By how much it was moved, in fractions of the picture. */
  onMove: (by: Point) => void
  onFocus?: () => void
  onDelete?: () => void
}

const steps: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** Something on a picture that is moved by mouse, finger or arrow keys (smaller steps with Shift). */
export function PictureHandle({ at, label, children, onMove, onFocus, onDelete }: PictureHandleProps) {
  /** Where the pointer and the handle were when it was taken up: a sum of small moves would drift. */
  const taken = useRef<{ pointer: Point; at: Point } | null>(null)
  const begin = (event: PointerEvent<HTMLButtonElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    taken.current = { pointer: { x: event.clientX, y: event.clientY }, at }
  }
  const drag = (event: PointerEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.offsetParent?.getBoundingClientRect()
    const from = taken.current
    if (!from || !box) return
    const by = {
      x: from.at.x + (event.clientX - from.pointer.x) / box.width - at.x,
      y: from.at.y + (event.clientY - from.pointer.y) / box.height - at.y,
    }
    if (by.x !== 0 || by.y !== 0) onMove(by)
  }
  const end = () => {
    taken.current = null
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Delete' && onDelete) {
      event.preventDefault()
      return onDelete()
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const far = event.shiftKey ? 0.002 : 0.01
    onMove({ x: step.x * far, y: step.y * far })
  }
  return (
    <button
      type="button"
      aria-label={label}
      style={placeOf(at)}
      onPointerDown={begin}
      onPointerMove={drag}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={press}
      onFocus={onFocus}
      className="absolute grid size-11 -translate-1/2 cursor-move touch-none place-items-center rounded-full"
    >
      {children ?? <span className="size-4 rounded-sm border-2 border-white bg-accent shadow-card" />}
    </button>
  )
}

/** A number on the picture. */
export function PictureNumber({ children, chosen }: { children: ReactNode; chosen?: boolean }) {
  return (
    <span
      className={`grid size-7 place-items-center rounded-full border-2 border-white text-sm font-bold shadow-card ${chosen ? 'bg-accent text-on-accent' : 'bg-black/75 text-white'}`}
    >
      {children}
    </span>
  )
}
