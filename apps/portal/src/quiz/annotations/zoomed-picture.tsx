'use client'
import { Button } from '@azora/ui/button.tsx'
import { type ReactNode, useState } from 'react'
import { AnnotatedPicture, type NumberedPlace } from './annotated-picture.tsx'

type ZoomedPictureProps = {
  /** Of the answer; the numbers and the list lead to each other by it. */
  id: string
  src: string
  name: string
  places: NumberedPlace[]
  words: { annotation: (number: number) => string; enlarge: string; shrink: string }
  /** What else can be done with it, before the button that enlarges it. */
  children?: ReactNode
}

/** A picture with its numbered places, in a frame in which it can be twice as wide. */
export function ZoomedPicture({ id, src, name, places, words, children }: ZoomedPictureProps) {
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
          label={words.annotation}
          wide={large}
        />
      </section>
      <div className="flex flex-wrap gap-2">
        {children}
        <Button size="small" variant="secondary" aria-pressed={large} onPress={() => setLarge(!large)}>
          {large ? words.shrink : words.enlarge}
        </Button>
      </div>
    </div>
  )
}
