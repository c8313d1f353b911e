'use client'
import { NumberField } from '@azora/ui/number-field.tsx'
import { type PointerEvent, useRef } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { PlaceMark } from '../../../quiz/annotations/annotated-picture.tsx'
import { type Area, drawn, withPart } from './area.ts'

type PicturePlaceProps = { src: string; name: string; area: Area; onChange: (area: Area) => void }

const parts = ['x', 'y', 'width', 'height'] as const

/** A picture on which a point is chosen by a press, and a rectangle by drawing it; in numbers too, for the keyboard. */
export function PicturePlace({ src, name, area, onChange }: PicturePlaceProps) {
  const t = useTranslations('marking')
  const from = useRef<{ x: number; y: number } | null>(null)
  const at = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    return { x: (clientX - left) / width, y: (clientY - top) / height }
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">{t('choosePlaceHelp')}</p>
      <div className="overflow-auto rounded-control border border-line bg-sunken/50">
        <div
          className="relative mx-auto w-fit max-w-full touch-none"
          onPointerDown={event => {
            event.preventDefault()
            event.currentTarget.setPointerCapture(event.pointerId)
            from.current = at(event)
            onChange(drawn(from.current, from.current))
          }}
          onPointerMove={event => {
            if (from.current) onChange(drawn(from.current, at(event)))
          }}
          onPointerUp={() => {
            from.current = null
          }}
          onPointerCancel={() => {
            from.current = null
          }}
        >
          <img src={src} alt={name} draggable={false} className="block max-h-[45dvh] max-w-full" />
          <PlaceMark place={area}>
            <span className="absolute -top-2 -left-2 size-4 rounded-full border border-[#1c1300] bg-amber" />
          </PlaceMark>
        </div>
      </div>
      <fieldset className="grid grid-cols-2 gap-3">
        <legend className="sr-only">{t('placeInNumbers')}</legend>
        {parts.map(part => (
          <NumberField
            key={part}
            label={t(`place_${part}`)}
            minValue={0}
            maxValue={100}
            value={Math.round(area[part] * 1000) / 10}
            onChange={percent => onChange(withPart(area, part, Number.isNaN(percent) ? 0 : percent / 100))}
          />
        ))}
      </fieldset>
    </div>
  )
}
