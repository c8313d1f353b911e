import type { ReactNode } from 'react'

export type NumberedPlace = { number: number; x: number; y: number; width: number; height: number }
/** On a page of a PDF, counted from 1. */
export type PagePlace = NumberedPlace & { page: number }

type AnnotatedPictureProps = {
  /** Of the answer; the numbers and the list lead to each other by it. */
  id: string
  src: string
  name: string
  places: NumberedPlace[]
  /** What the link of a number is called. */
  label: (number: number) => string
  /** Fills its frame; else it is as large as its page has room. */
  wide?: boolean
}

/** A picture with the places numbered that have a comment. */
export function AnnotatedPicture({ id, src, name, places, label, wide = false }: AnnotatedPictureProps) {
  return (
    <div className={wide ? 'relative w-[200%]' : 'relative mx-auto w-fit max-w-full'}>
      <img
        src={src}
        alt={name}
        className={wide ? 'block w-full max-w-none' : 'block max-h-[70dvh] max-w-full'}
      />
      {places.map(({ number, ...place }) => (
        <PlaceMark key={number} place={place}>
          <a
            id={`${id}-place-${number}`}
            href={`#${id}-note-${number}`}
            aria-label={label(number)}
            className="absolute -top-3 -left-3 grid size-6 scroll-mt-40 place-items-center rounded-full border border-[#1c1300] bg-amber text-xs font-bold text-[#1c1300]"
          >
            {number}
          </a>
        </PlaceMark>
      ))}
    </div>
  )
}

type Place = Omit<NumberedPlace, 'number'>

/** A point or a rectangle over a picture. */
export function PlaceMark({ place, children }: { place: Place; children?: ReactNode }) {
  const percent = (share: number) => `${share * 100}%`
  const isPoint = place.width === 0 && place.height === 0
  return (
    <span
      className={`absolute ${isPoint ? '' : 'rounded-sm border-2 border-amber shadow-[0_0_0_1px_#1c1300]'}`}
      style={{
        left: percent(place.x),
        top: percent(place.y),
        width: percent(place.width),
        height: percent(place.height),
      }}
    >
      {children}
    </span>
  )
}
