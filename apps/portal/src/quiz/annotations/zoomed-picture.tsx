'use client'
import { Button } from '@azora/ui/button.tsx'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { AnnotatedPicture, type NumberedPlace } from './annotated-picture.tsx'

type ZoomedPictureProps = {
  /** Of the answer; the numbers and the list lead to each other by it. */
  id: string
  src: string
  name: string
  places: NumberedPlace[]
  /** What else can be done with it, before the button that enlarges it. */
  children?: ReactNode
}

/** A picture with its numbered places, in a frame in which it can be twice as wide. */
export function ZoomedPicture({ id, src, name, places, children }: ZoomedPictureProps) {
  const t = useTranslations('viewer')
  const [large, setLarge] = useState(false)
  return (
    <div className="flex flex-col gap-2">
      <section
        aria-label={name}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is larger than its frame is scrolled by keyboard
        tabIndex={0}
        className="max-h-[80dvh] overflow-auto rounded-control border border-line bg-sunken/50"
      >
        <AnnotatedPicture
          id={id}
          src={src}
          name={name}
          places={places}
          label={number => t('annotation', { number })}
          wide={large}
        />
      </section>
      <div className="flex flex-wrap gap-2">
        {children}
        <Button size="small" variant="secondary" aria-pressed={large} onPress={() => setLarge(!large)}>
          {t(large ? 'shrink' : 'enlarge')}
        </Button>
      </div>
    </div>
  )
}
