import type { ServiceName as Service } from '@azora/contracts/service-names.ts'
import { Notice } from '@azora/ui/notice.tsx'
import { useTranslations } from '../messages.ts'

/** Says which services did not answer, so that nobody takes the list for whole. */
export function Silent({ services }: { services: Service[] }) {
  const t = useTranslations('events')
  if (services.length === 0) return null
  return (
    <Notice tone="warning" live>
      {t('silent', { list: services.join(', ') })}
    </Notice>
  )
}
