'use client'
import { type Point, pointText, readPoint } from '@azora/contracts/assessment/places-on-picture.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { type KeyboardEvent, type MouseEvent, useId, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { FieldProps } from './answer-field.ts'
import { PictureFrame, placeOf } from './picture-frame.tsx'

const kept = (part: number) => Math.min(Math.max(part, 0), 1)
const steps: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
/** Of the picture. The smaller one, with Shift, is less than half of the smallest area. */
const step = 0.03
const smallStep = 0.005

/** A picture to mark points on: by tapping, or with a crosshair that the arrow keys move. */
export function HotspotField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'hotspot'>) {
  const t = useTranslations('quiz')
  const helpId = useId()
  const [cross, setCross] = useState<Point>({ x: 0.5, y: 0.5 })
  const [said, setSaid] = useState('')
  const { picture, points: most } = question.body
  if (!picture) return null
  const given = answers[question.id] ?? []
  const points = given.flatMap(text => readPoint(text) ?? [])
  const whereOf = ({ x, y }: Point) => t('pointAt', { left: Math.round(x * 100), top: Math.round(y * 100) })

  const mark = (point: Point) => {
    // A single point moves to where it is wanted; of several, none is taken away unasked.
    if (most > 1 && points.length >= most) return setSaid(t('pointsFull', { count: most }))
    if (given.includes(pointText(point))) return
    const next = most === 1 ? [point] : [...points, point]
    setSaid(t('pointMarked', { number: next.length, place: whereOf(point) }))
    onAnswer(question.id, next.map(pointText))
  }
  const remove = (at: number) => {
    setSaid(t('pointRemoved', { number: at + 1 }))
    onAnswer(
      question.id,
      given.filter((_, i) => i !== at),
    )
  }
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    // Enter and Space press it as well, and then there is no place but the crosshair's.
    const { detail: clicks } = event
    if (clicks === 0) return mark(cross)
    const box = event.currentTarget.getBoundingClientRect()
    const point = {
      x: kept((event.clientX - box.left) / box.width),
      y: kept((event.clientY - box.top) / box.height),
    }
    setCross(point)
    mark(point)
  }
  const move = (event: KeyboardEvent) => {
    const by = steps[event.key]
    if (!by) return
    event.preventDefault()
    const far = event.shiftKey ? smallStep : step
    const next = { x: kept(cross.x + by[0] * far), y: kept(cross.y + by[1] * far) }
    setCross(next)
    setSaid(whereOf(next))
  }
  return (
    <fieldset
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="flex min-w-0 flex-col gap-3"
    >
      <PictureFrame picture={picture}>
        {points.map((point, at) => (
          <span
            key={given[at]}
            aria-hidden="true"
            style={placeOf(point)}
            className="pointer-events-none absolute z-10 grid size-7 -translate-1/2 place-items-center rounded-full border-2 border-white bg-accent text-sm font-bold text-on-accent shadow-card"
          >
            {at + 1}
          </span>
        ))}
        {/* Screen readers hand the arrow keys on to an application alone. */}
        <div role="application" aria-label={t('pictureToMark')} className="absolute inset-0">
          <button
            type="button"
            disabled={isDisabled}
            aria-label={t('markHere', { place: whereOf(cross) })}
            aria-describedby={helpId}
            onClick={press}
            onKeyDown={move}
            className="peer absolute inset-0 cursor-crosshair touch-manipulation disabled:cursor-default"
          />
          <span
            aria-hidden="true"
            style={placeOf(cross)}
            className="pointer-events-none absolute hidden size-11 -translate-1/2 peer-focus-visible:block"
          >
            <span className="absolute inset-x-1/2 h-full w-0.5 -translate-x-1/2 bg-accent ring-1 ring-white" />
            <span className="absolute inset-y-1/2 h-0.5 w-full -translate-y-1/2 bg-accent ring-1 ring-white" />
          </span>
        </div>
      </PictureFrame>
      <p id={helpId} className="text-sm text-muted">
        {t('hotspotHelp', { count: most })}
      </p>
      <p role="status" className="sr-only">
        {said}
      </p>
      {points.length > 0 ? (
        <ul className="flex flex-wrap gap-2">
          {points.map((point, at) => (
            <li
              key={given[at]}
              className="flex min-h-11 items-center gap-2 rounded-control border border-line ps-3 text-sm tabular-nums"
            >
              <span className="font-semibold text-accent-ink">{at + 1}</span>
              {whereOf(point)}
              <Button
                variant="quiet"
                size="small"
                aria-label={t('removePoint', { number: at + 1 })}
                isDisabled={isDisabled}
                onPress={() => remove(at)}
              >
                <Icon name="trash" />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </fieldset>
  )
}
