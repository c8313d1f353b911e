import { Icon } from '@azora/ui/icon.tsx'
import { Link } from 'react-router'
import { useTranslations } from '../messages.ts'

/** The way from a page of the ledger to its first one. */
export function BackLink() {
  const t = useTranslations('ledger')
  return (
    <Link
      to="/ledger"
      className="inline-flex items-center gap-1 self-start py-1 text-sm text-muted hover:text-ink"
    >
      <Icon name="back" className="size-4!" />
      {t('back')}
    </Link>
  )
}
