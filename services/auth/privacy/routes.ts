import { pipeline } from 'node:stream/promises'
import type { privacyFiles, privacyOperations } from '@azora/contracts/auth/privacy.ts'
import { callerOf } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { cancelDeletion, requestDeletion } from './deletion.ts'
import { selectOptionalExport } from './exports.store.ts'
import { cancelExport, requestExport, selectDownload } from './exports.ts'
import { listPrivacyRequests } from './requests.ts'

/** A person's rights over their data. */
export function privacyHandlers(
  kit: Pick<ServiceKit, 'db' | 'revocations'>,
): Handlers<typeof privacyOperations> {
  return {
    requestExport: (_, context) => requestExport(kit, callerOf(context)),
    getExport: async (_, context) => ({
      export: await selectOptionalExport(kit.db.across, actorOf(context).userId),
    }),
    cancelExport: async ({ exportId }, context) => ({
      export: await cancelExport(kit, callerOf(context), exportId),
    }),
    requestDeletion: (_, context) => requestDeletion(kit, callerOf(context)),
    async cancelDeletion({ token }, context) {
      await cancelDeletion(kit, context, token)
      return { ok: true }
    },
    listPrivacyRequests: (query, context) =>
      listPrivacyRequests(kit.db, actorOf(context).organizationId, query),
  }
}

export function privacyFileHandlers({
  db,
  blobs,
}: Pick<ServiceKit, 'db' | 'blobs'>): FileHandlers<typeof privacyFiles> {
  return {
    async downloadExport({ exportId }, context, _req, res) {
      const { blobKey, bytes } = await selectDownload(db, callerOf(context), exportId)
      const content = await blobs.get(blobKey)
      if (!content) throw new AppError('link_expired')
      res.setHeader('Content-Type', 'application/zip')
      res.setHeader('Content-Disposition', 'attachment; filename="my-data.zip"')
      res.setHeader('Cache-Control', 'no-store')
      if (bytes !== null) res.setHeader('Content-Length', bytes)
      await pipeline(content, res)
    },
  }
}
