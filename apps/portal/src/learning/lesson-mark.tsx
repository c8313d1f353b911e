'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useDoneHere } from './done-here.ts'

type State = 'done' | 'started' | 'open'

type LessonMarkProps = { lessonId: string; state: State; labels: Record<State | 'waiting', string> }

/** The mark before a lesson in the outline, with what this device knows of it. */
export function LessonMark({ lessonId, state: told, labels }: LessonMarkProps) {
  const here = useDoneHere().get(lessonId)
  const state = here ? 'done' : told
  const waiting = here === 'waiting' && told !== 'done'
  return (
    <span
      title={waiting ? labels.waiting : undefined}
      className={`grid size-6 shrink-0 place-items-center rounded-full border-2 ${
        state === 'done'
          ? waiting
            ? 'border-dashed border-accent text-accent-ink'
            : 'border-accent bg-accent text-on-accent'
          : state === 'started'
            ? 'border-accent'
            : 'border-edge/60'
      }`}
    >
      {state === 'done' ? <Icon name="check" className="size-4!" /> : null}
      {state === 'started' ? <span className="size-2.5 rounded-full bg-accent" /> : null}
      <span className="sr-only">{waiting ? labels.waiting : labels[state]}:</span>
    </span>
  )
}
