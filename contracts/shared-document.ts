import { z } from 'zod'
import { type Room, room } from './room.ts'
import { id } from './wire.ts'

const bytes = (most: number) =>
  z.custom<Uint8Array>(
    value => value instanceof Uint8Array && value.length <= most,
    'Bytes, and not too many.',
  )

/** The largest update that is taken at once. A client that was away for long sends several. */
export const mostUpdateBytes = 128_000
const mostStateBytes = 64_000
const mostAwarenessBytes = 4_000

/**
 * The room of a document that several people write at once: updates and state vectors of Yjs, awareness (cursors,
 * names) of y-protocols. The one who enters first asks for what they do not have, and sends what the service does not.
 */
export function sharedDocumentRoom<const N extends string>(rules: {
  name: N
  summary: string
  access: Room['access']
}) {
  return room({
    ...rules,
    of: 'school',
    keys: z.object({ documentId: id }),
    presence: true,
    told: {
      update: z.object({ update: bytes(mostUpdateBytes) }),
      awareness: z.object({ awareness: bytes(mostAwarenessBytes) }),
    },
    heard: {
      /** What I have; the answer is what I do not, and what the service has. */
      sync: {
        message: z.object({ stateVector: bytes(mostStateBytes) }),
        answer: z.object({ update: z.custom<Uint8Array>(), stateVector: z.custom<Uint8Array>() }),
      },
      /** What I wrote. Once it is answered, it is kept. */
      update: {
        message: z.object({ update: bytes(mostUpdateBytes) }),
        answer: z.object({ kept: z.literal(true) }),
      },
      awareness: {
        message: z.object({ awareness: bytes(mostAwarenessBytes) }),
        answer: z.object({ passed: z.literal(true) }),
      },
    },
  })
}

export type SharedDocumentRoom = ReturnType<typeof sharedDocumentRoom>
