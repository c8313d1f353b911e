import { room } from '@azora/contracts/room.ts'
import { encodeEventMessage } from '@orpc/standard-server'
import { z } from 'zod'

/** What goes over the connections of `connections.ts`: the same event from either handler, and a room. */

export const state = {
  id: '019f0000-0000-7000-8000-00000000000a',
  status: 'running' as const,
  stage: 'lessons' as const,
  progressPercent: 60,
  courseId: null,
  error: null,
  finishedAt: null,
}

/** The id of each event. */
export const news = 'running-lessons-60'

/** An event as it stands on the line. */
export const eventText = encodeEventMessage({ event: 'message', id: news, data: JSON.stringify(state) })

export const ownRoom = room({
  name: 'education/bench',
  summary: 'Nothing is told in it.',
  access: 'member',
  of: 'person',
  keys: z.object({}),
  told: {},
})
