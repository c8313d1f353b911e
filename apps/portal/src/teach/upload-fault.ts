import { ApiError, faultText } from '@azora/web/calls/failures.ts'
import { sizeText } from '@azora/web/size.ts'

type Say = (key: 'personFull' | 'schoolFull', values: { used: string; limit: string; left: string }) => string

/** What to tell of a failed upload: what is used and left where a quota stopped it, with sizes as the reader writes them. */
export function uploadFault(failure: unknown, locale: string, t: Say, connectionLost: string): string {
  const storage = failure instanceof ApiError ? failure.data.storage : undefined
  if (!storage) return faultText(failure, connectionLost)
  return t(storage.of === 'school' ? 'schoolFull' : 'personFull', {
    used: sizeText(locale, storage.usedBytes),
    limit: sizeText(locale, storage.limitBytes),
    left: sizeText(locale, Math.max(0, storage.limitBytes - storage.usedBytes)),
  })
}
