import { z } from 'zod'
import { operation } from '../operation.ts'
import { done, id, pageOf, paging, time } from '../wire.ts'
import { emailToken, tags } from './shapes.ts'

const dataExport = z.object({
  id,
  status: z.enum(['gathering', 'ready', 'expired']),
  requestedAt: time,
  readyAt: time.nullable(),
  expiresAt: time.nullable(),
  bytes: z.number().int().nullable(),
  partsDone: z.number().int(),
  partsTotal: z.number().int(),
})

const privacyRequest = z.object({
  id,
  kind: z.enum(['export', 'deletion']),
  person: z.object({ id, name: z.string() }),
  status: z.enum(['gathering', 'ready', 'expired', 'waiting']),
  partsDone: z.number().int(),
  partsTotal: z.number().int(),
  createdAt: time,
  endsAt: time.nullable(),
})

const sensitive = { access: 'member', interactive: true, stepUp: true, tags } as const

/** A person's rights over their data (GDPR articles 15, 17 and 20; POPIA sections 23 and 24). */
export const privacyOperations = {
  requestExport: operation({
    method: 'POST',
    path: '/auth/me/export',
    ...sensitive,
    successStatus: 202,
    summary: 'Gather everything the system knows about you; an email says when it is ready.',
  })
    .input(z.object({}))
    .output(dataExport),
  getExport: operation({
    method: 'GET',
    path: '/auth/me/export',
    access: 'member',
    interactive: true,
    tags,
    summary: 'The status of the last export, or null.',
  }).output(z.object({ export: dataExport.nullable() })),
  cancelExport: operation({
    method: 'POST',
    path: '/auth/me/export/{exportId}/cancel',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Cancel an export. Nothing of it is kept; one that is ready stays as it is.',
  })
    .input(z.object({ exportId: id }))
    .output(z.object({ export: dataExport.nullable() })),
  requestDeletion: operation({
    method: 'POST',
    path: '/auth/me/deletion',
    ...sensitive,
    successStatus: 202,
    summary: 'Delete your account, in all schools, after seven days in which it can be undone.',
    description: 'All sessions end right away. An email has the link that undoes it.',
  })
    .input(z.object({}))
    .output(z.object({ deletesAt: time })),
  cancelDeletion: operation({
    method: 'POST',
    path: '/auth/me/deletion/cancel',
    access: 'public',
    rateClass: 'sign_in',
    tags,
    summary: 'Undo a deletion with the token from the email.',
  })
    .input(z.object({ token: emailToken }))
    .output(done),
  listPrivacyRequests: operation({
    method: 'GET',
    path: '/auth/privacy-requests',
    access: 'privacy.read',
    interactive: true,
    tags,
    summary: 'What members of the school asked for about their data, the latest first; nothing of the data.',
  })
    .input(z.object({ ...paging }))
    .output(pageOf(privacyRequest)),
}

export const privacyFiles = {
  downloadExport: operation({
    method: 'GET',
    path: '/auth/me/export/{exportId}',
    access: 'member',
    interactive: true,
    stepUp: true,
    raw: 'download',
    speech: { mediaType: 'application/zip' },
    tags,
    summary: 'Your data as a ZIP of JSON and files.',
  })
    .input(z.object({ exportId: id }))
    .output(z.unknown()),
}
