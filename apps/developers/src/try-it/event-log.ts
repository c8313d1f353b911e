import type { StreamMessage } from './read-events.ts'

/**
 * The latest events of a stream. A stream may run for hours and an event may be large: what is kept has a bound either
 * way, and only the number received goes on growing.
 */
export type EventLog = {
  received: number
  /** The newest first. */
  events: readonly LoggedEvent[]
}

export type LoggedEvent = StreamMessage & {
  /** Its position in the stream, from 1. */
  number: number
  receivedAt: Date
  /** Only the beginning of its data is kept. */
  isCut: boolean
}

export const mostKept = 100
const mostCharacters = 20_000

export const emptyLog: EventLog = { received: 0, events: [] }

export function withEvent(log: EventLog, message: StreamMessage, receivedAt: Date): EventLog {
  const received = log.received + 1
  const isCut = message.data.length > mostCharacters
  const data = isCut ? message.data.slice(0, mostCharacters) : message.data
  const event = { ...message, data, number: received, receivedAt, isCut }
  return { received, events: [event, ...log.events.slice(0, mostKept - 1)] }
}
