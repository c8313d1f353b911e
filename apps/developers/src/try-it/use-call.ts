import { useAction } from '@azora/web/calls/use-action.ts'
import { useEffect, useRef, useState } from 'react'
import { type EventLog, emptyLog, withEvent } from './event-log.ts'
import { readEvents, type StreamEnd } from './read-events.ts'
import type { BuiltRequest } from './request.ts'
import { type Answer, send } from './send.ts'

/** A stream as far as it was read; without an end, it is still open. */
export type ReadStream = { log: EventLog; end: StreamEnd | null }

// Each time the list is drawn anew: often enough to look immediate, seldom enough for a stream of thousands a second.
const drawEveryMs = 100

/** One call at a time and what came back, of a stream as it comes. Leaving the page ends the stream. */
export function useCall() {
  const { run, pending, fault } = useAction()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [stream, setStream] = useState<ReadStream | null>(null)
  const leaving = useRef<AbortController | null>(null)
  useEffect(() => () => leaving.current?.abort(), [])

  async function follow(events: NonNullable<Answer['events']>, signal: AbortSignal): Promise<void> {
    let log = emptyLog
    let drawn: ReturnType<typeof setTimeout> | undefined
    const draw = () => {
      drawn = undefined
      setStream({ log, end: null })
    }
    draw()
    const end = await readEvents(events, signal, message => {
      log = withEvent(log, message, new Date())
      drawn ??= setTimeout(draw, drawEveryMs)
    })
    clearTimeout(drawn)
    setStream({ log, end })
  }

  return {
    pending,
    fault,
    answer,
    stream,
    send: (request: BuiltRequest, key: string | null, file: File | null) =>
      run(async () => {
        setAnswer(null)
        setStream(null)
        const controller = new AbortController()
        leaving.current = controller
        const came = await send(request, key, file, controller.signal)
        setAnswer(came)
        if (came.events) await follow(came.events, controller.signal)
      }),
    /** Leave the stream; what came of it stays. */
    stop: () => leaving.current?.abort(),
  }
}
