import type { AccountKind } from '@azora/contracts/mint/account-kinds.ts'
import { english, useTranslations } from '../messages.ts'

/** What a kind of account is called; one that a newer release has brought, by its name. */
export function useKindName(): (kind: string) => string {
  const t = useTranslations('accountKinds')
  return kind => (kind in english.accountKinds ? t(kind as AccountKind) : kind)
}
