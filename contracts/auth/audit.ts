import { z } from 'zod'
import { operation } from '../operation.ts'
import { id, pageOf, paging, time } from '../wire.ts'
import { tags } from './shapes.ts'

const entry = z.object({
  /** The entry's place in the chain of its school, from 1. */
  sequence: z.number().int(),
  id,
  at: time,
  action: z.string(),
  actor: z.object({
    kind: z.enum(['person', 'key', 'client', 'system']),
    id: id.nullable(),
    name: z.string().nullable(),
  }),
  /** The administrator who was viewing as the actor. */
  impersonator: z.object({ id, name: z.string().nullable() }).nullable(),
  subject: z
    .object({ kind: z.string(), id: z.string(), name: z.string().nullable(), deleted: z.boolean() })
    .nullable(),
  /** Null once it was erased with the account, or for what the system does by itself. */
  origin: z.object({ ip: z.string(), device: z.string(), place: z.string().nullable() }).nullable(),
  details: z.record(z.string(), z.unknown()),
  hash: z.string(),
})

const filter = {
  action: z.string().max(80).optional(),
  actorId: id.optional(),
  subjectId: z.string().max(80).optional(),
  /** Looked for in actions, names and details. */
  q: z.string().max(120).optional(),
  from: time.optional(),
  until: time.optional(),
}

/** The audit log of a school: who did what to whom, from where. Entries are never changed, and each seals the last. */
export const auditOperations = {
  listAudit: operation({
    method: 'GET',
    path: '/auth/audit',
    access: 'audit.read',
    interactive: true,
    tags,
    summary: 'The audit log, newest first.',
  })
    .input(z.object({ ...filter, ...paging }))
    .output(pageOf(entry)),
  verifyAudit: operation({
    method: 'GET',
    path: '/auth/audit/verification',
    access: 'audit.read',
    tags,
    summary: 'Recompute the chain of the audit log and say where it breaks, if it does.',
  }).output(
    z.object({
      entries: z.number().int(),
      /** The last entry's hash: note it elsewhere, and a later check can show that nothing was cut off. */
      head: z.string().nullable(),
      intact: z.boolean(),
      brokenAt: z.number().int().nullable(),
    }),
  ),
}

export const auditFiles = {
  exportAudit: operation({
    method: 'GET',
    path: '/auth/audit.csv',
    access: 'audit.read',
    interactive: true,
    raw: 'download',
    speech: { mediaType: 'text/csv' },
    tags,
    summary: 'The audit log as CSV (RFC 4180), with hashes.',
  })
    .input(z.object(filter))
    .output(z.unknown()),
}
