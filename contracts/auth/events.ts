import { z } from 'zod'
import { id, role, time } from '../wire.ts'

/** The events of auth, and those by which the other services answer it. */
export const authEvents = {
  'organization.created': z.object({
    organizationId: id,
    slug: z.string(),
    name: z.string(),
    isDefault: z.boolean(),
  }),
  'user.created': z.object({
    userId: id,
    organizationId: id,
    email: z.string(),
    name: z.string(),
    roles: z.array(role),
  }),
  'organization.changed': z.object({ organizationId: id, slug: z.string(), name: z.string() }),
  /** Told to each school that the person belongs to. */
  'user.changed': z.object({ userId: id, organizationId: id, email: z.string(), name: z.string() }),
  'user.left': z.object({ userId: id, organizationId: id }),
  /**
   * The account is gone: each service that keeps something of this person in this school erases it, or, where the law wants it
   * kept, takes the person out of it; then says so by `user.erased`.
   */
  'user.deleted': z.object({ userId: id, organizationId: id }),
  'user.erased': z.object({ userId: id, organizationId: id, service: z.string() }),
  /** Every service writes what it knows of the person in this school as a file, then says so by `user.exported`. */
  'user.export_requested': z.object({ exportId: id, userId: id, organizationId: id }),
  'user.exported': z.object({
    exportId: id,
    userId: id,
    organizationId: id,
    service: z.string(),
    /** Blobs to put into the export, with their names in it. */
    files: z.array(z.object({ name: z.string(), blobKey: z.string() })),
  }),
  /** For the audit log: who did what to whom. Committed with the change that it tells of. */
  'audit.recorded': z.object({
    organizationId: id,
    action: z.string(),
    actor: z.object({ kind: z.enum(['person', 'key', 'client', 'system']), id: id.nullable() }),
    impersonatorId: id.nullable(),
    subject: z.object({ kind: z.string(), id: z.string() }).nullable(),
    origin: z.object({ ip: z.string(), userAgent: z.string() }).nullable(),
    details: z.record(z.string(), z.unknown()),
    at: time,
  }),
  'user.roles_changed': z.object({ userId: id, organizationId: id, roles: z.array(role) }),
}

export const authInnerEvents = [
  'audit.recorded',
  'organization.created',
  'user.export_requested',
  'user.exported',
  'user.erased',
] as const
