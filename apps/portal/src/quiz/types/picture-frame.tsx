'use client'
import type { ReactNode } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { LightPicture } from '../../less-data/light-picture.tsx'

type Picture = { address: string; alt: string; width: number; height: number }

/**
 * A picture as wide as there is room, with what is drawn on it: in fractions of it, in `shapes` as parts of an SVG that
 * is 100 wide, in `children` as elements that place themselves in percent.
 */
export function PictureFrame({
  picture,
  shapes,
  children,
}: {
  picture: Picture
  shapes?: ReactNode
  children?: ReactNode
}) {
  const { address, alt, width, height } = picture
  const label = useTranslations('shell')('picture')
  return (
    <LightPicture address={address} alt={alt} label={label}>
      <div className="relative w-full max-w-3xl overflow-hidden rounded-control border border-line select-none">
        <img
          src={address}
          alt={alt}
          width={width}
          height={height}
          draggable={false}
          className="block h-auto w-full bg-sunken"
        />
        {shapes ? (
          <svg
            aria-hidden="true"
            viewBox={`0 0 100 ${heightOf(picture)}`}
            className="pointer-events-none absolute inset-0 size-full"
          >
            {shapes}
          </svg>
        ) : null}
        {children}
      </div>
    </LightPicture>
  )
}

/** The height of a picture that is 100 wide. */
export const heightOf = ({ width, height }: Pick<Picture, 'width' | 'height'>) => (height / width) * 100

/** Where an element over the picture stands. */
export const placeOf = ({ x, y }: { x: number; y: number }) => ({ left: `${x * 100}%`, top: `${y * 100}%` })
