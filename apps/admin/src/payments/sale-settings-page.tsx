import { currencyCodes } from '@azora/contracts/money.ts'
import { may } from '@azora/contracts/permissions.ts'
import { Card } from '@azora/ui/card.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { PaymentsNav } from './payments-nav.tsx'

type Settings = OutputOf<'payments.getPaymentSettings'>

/** In which currencies the school sells, and how long buyers may ask for their money back. */
export function SaleSettingsPage() {
  const t = useTranslations('saleSettings')
  const common = useTranslations('common')
  const mayEdit = may(useAccount(), 'office:finance')
  const { value, fault, reload, replace } = useLoad('payment settings', signal =>
    call('payments.getPaymentSettings', {}, { signal }),
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PaymentsNav />
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      {value ? (
        <div className="flex flex-col gap-6">
          {mayEdit ? null : <Notice tone="info">{t('readOnly')}</Notice>}
          {value.sandbox ? (
            <Notice tone="warning" title={t('sandboxTitle')}>
              {t('sandboxText')}
            </Notice>
          ) : null}
          <SettingsForm settings={value} mayEdit={mayEdit} onSaved={replace} />
        </div>
      ) : fault ? null : (
        <Loading label={common('loading')} />
      )}
    </>
  )
}

type FormProps = { settings: Settings; mayEdit: boolean; onSaved: (settings: Settings) => void }

function SettingsForm({ settings, mayEdit, onSaved }: FormProps) {
  const t = useTranslations('saleSettings')
  const common = useTranslations('common')
  const say = useToast()
  const save = async (data: FormData) => {
    const currencies = String(data.get('currencies') ?? '')
      .toUpperCase()
      .split(/[^A-Z]+/)
      .filter(code => code !== '')
    const refundRequestDays = Number(data.get('days') ?? settings.refundRequestDays)
    const reportingCurrency = String(data.get('reporting') ?? '') || null
    try {
      onSaved(
        await call('payments.savePaymentSettings', { currencies, refundRequestDays, reportingCurrency }),
      )
    } catch (failure) {
      throw inOneField(failure)
    }
    say(t('saved'))
  }
  return (
    <Card as="section">
      <DraftForm
        key={`${settings.currencies} ${settings.refundRequestDays} ${settings.reportingCurrency}`}
        thing="payment-settings"
        failure={common('connectionLost')}
        onSubmit={save}
      >
        <TextField
          name="currencies"
          label={t('currencies')}
          description={t('currenciesHelp')}
          defaultValue={settings.currencies.join(', ')}
          maxLength={120}
          isRequired
          isReadOnly={!mayEdit}
        />
        <NumberField
          name="days"
          label={t('days')}
          description={t('daysHelp')}
          defaultValue={settings.refundRequestDays}
          minValue={0}
          maxValue={366}
          isRequired
          isReadOnly={!mayEdit}
        />
        <NativeSelect
          name="reporting"
          label={t('reporting')}
          defaultValue={settings.reportingCurrency ?? ''}
          disabled={!mayEdit}
          options={[{ id: '', label: t('noReporting') }, ...currencyCodes.map(id => ({ id, label: id }))]}
        />
        {mayEdit ? (
          <div>
            <SubmitButton>{t('save')}</SubmitButton>
          </div>
        ) : null}
      </DraftForm>
    </Card>
  )
}

/** What is said of one of the currencies is shown at the field in which all of them are. */
function inOneField(failure: unknown): unknown {
  const { data } = failure as { data?: { fields?: { path: string }[] } }
  for (const field of data?.fields ?? []) if (/^currencies\b/.test(field.path)) field.path = 'currencies'
  return failure
}
