import { may } from '@azora/contracts/permissions.ts'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { CourseTaxes } from './course-taxes.tsx'
import { PaymentsNav } from './payments-nav.tsx'
import { TaxForm } from './tax-form.tsx'

/** Who the school is in law, and how it taxes what it sells. */
export function TaxPage() {
  const t = useTranslations('taxes')
  const common = useTranslations('common')
  const mayEdit = may(useAccount(), 'office:finance')
  const { value, fault, reload, replace } = useLoad('tax settings', signal =>
    call('payments.getTaxSettings', {}, { signal }),
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PaymentsNav />
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      {mayEdit ? null : (
        <div className="mb-6">
          <Notice tone="info">{t('readOnly')}</Notice>
        </div>
      )}
      {value ? (
        <TaxForm key={value.version} settings={value} mayEdit={mayEdit} onSaved={replace} />
      ) : fault ? null : (
        <Loading label={common('loading')} />
      )}
      <CourseTaxes mayEdit={mayEdit} />
    </>
  )
}
