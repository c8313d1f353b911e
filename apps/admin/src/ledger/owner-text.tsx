import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useTranslations } from '../messages.ts'

export type Account = OutputOf<'mint.listAccounts'>['items'][number]

/** Whose account it is: people by their id, which leads to them where they are still here. */
export function OwnerText({ owner }: { owner: Account['owner'] }) {
  const t = useTranslations('ledger')
  const { type, id } = owner
  if (type === 'processor') return <span className="font-mono text-sm">{id}</span>
  if (type !== 'person' || id === null)
    return <>{t(type === 'platform' ? 'owner_platform' : 'owner_school')}</>
  return (
    <>
      {t('owner_person')} <span className="font-mono text-xs break-all">{id}</span>
    </>
  )
}
