import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { id, time } from '../wire.ts'

/** What is noted while an attempt is taken, where its quiz says so. No text, no picture, no keys, and no verdict. */

const weekSeconds = 7 * 24 * 60 * 60

/** What a browser notes: it left the page and came back, a paste, a line that was down. */
const deviceKind = z.enum(['left', 'returned', 'pasted', 'line_down'])

/** A database has no year 0, and no clock of a device shows one before 1970. */
const isStorable = (at: string) => {
  const year = new Date(at).getUTCFullYear()
  return year >= 1970 && year <= 9999
}

export const deviceEntry = z.object({
  id,
  kind: deviceKind,
  /** By the clock of the device. */
  at: time.refine(isStorable),
  seconds: z.number().int().min(0).max(weekSeconds).optional(),
  questionId: id.optional(),
  characters: z.number().int().min(1).max(10_000_000).optional(),
})

export type DeviceEntry = z.infer<typeof deviceEntry>

const logEntry = z.object({
  kind: z.enum([
    'begun',
    'device',
    ...deviceKind.options,
    'saved_late',
    'break_began',
    'break_ended',
    'submitted',
    'ended',
  ]),
  at: time,
  deviceAt: time.nullable(),
  seconds: z.number().int().nullable(),
  /** The place of the question in the attempt, from 1. */
  question: z.number().int().nullable(),
  characters: z.number().int().nullable(),
  answers: z.number().int().nullable(),
  device: z.string().nullable(),
  /** Which sign-in it was, counted from 1 in this attempt. */
  session: z.number().int().nullable(),
})

const log = z.object({
  kept: z.boolean(),
  days: z.number().int().nullable(),
  full: z.boolean(),
  entries: z.array(logEntry),
})

const tags: [string] = ['assessment']

export const integrityOperations = {
  noteActivity: operation({
    method: 'POST',
    path: '/assessment/submissions/{submissionId}/log',
    access: 'member',
    tags,
    summary:
      'Note what happened on this device during your attempt, where its quiz keeps a log. An entry that is sent again counts once, and there are at most 500 of an attempt. A day after the attempt nothing is added.',
  })
    .input(
      z.object({
        submissionId: id,
        entries: z.array(deviceEntry).min(1).max(limits.entriesInRequest),
      }),
    )
    .output(z.object({ full: z.boolean() })),
  getAttemptLog: operation({
    method: 'GET',
    path: '/assessment/submissions/{submissionId}/log',
    access: 'member',
    tags,
    summary:
      'The log of an attempt, for its learner and for who teaches the course. It cannot tell why something happened, and it knows nothing of a second device or another person.',
  })
    .input(z.object({ submissionId: id }))
    .output(log),
}
