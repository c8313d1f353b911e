import { countriesIn } from '@azora/contracts/countries.ts'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { AmountFields, amountsIn } from '@azora/web/amounts/amount-fields.tsx'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { useCurrencies } from '../offers/choice.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { Institution } from './institution.ts'

type Props = {
  institution: Institution | null
  onClose: () => void
  onSaved: (saved: Institution) => void
}

/** Adds an institution, or changes what is known of one. */
export function InstitutionDialog({ institution, onClose, onSaved }: Props) {
  const t = useTranslations('institutions')
  const common = useTranslations('common')
  const locale = useLocale()
  const currencies = useCurrencies(institution?.creditLimits ?? [])
  const submit = async (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const creditLimits = amountsIn(data, currencies, { notAnAmount: () => t('notAnAmount'), zero: true })
    const terms = {
      name: text('name'),
      legalName: text('legalName'),
      address: text('address')
        .split(/\r?\n/)
        .map(line => line.trim())
        .filter(Boolean),
      country: text('country'),
      taxNumber: text('taxNumber') || null,
      billingEmail: text('billingEmail'),
      termsDays: Number(text('termsDays')),
      creditLimits,
      status: text('status') === 'closed' ? ('closed' as const) : ('active' as const),
    }
    onSaved(
      institution
        ? await call('payments.saveInstitution', {
            institutionId: institution.id,
            version: institution.version,
            ...terms,
          })
        : await call('payments.createInstitution', terms),
    )
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={institution ? t('editOne', { name: institution.name }) : t('new')}
      closeLabel={common('close')}
    >
      <Form onSubmit={submit} failure={common('connectionLost')}>
        <TextField
          name="name"
          label={t('name')}
          defaultValue={institution?.name ?? ''}
          isRequired
          maxLength={150}
        />
        <TextField
          name="legalName"
          label={t('legalName')}
          description={t('legalNameHelp')}
          defaultValue={institution?.legalName ?? ''}
          isRequired
          maxLength={150}
        />
        <TextArea
          name="address"
          label={t('address')}
          description={t('addressHelp')}
          defaultValue={institution?.address.join('\n') ?? ''}
          maxLength={600}
          rows={3}
        />
        <NativeSelect
          name="country"
          label={t('country')}
          defaultValue={institution?.country ?? 'ZA'}
          options={countriesIn(locale)}
        />
        <TextField
          name="taxNumber"
          label={t('taxNumber')}
          defaultValue={institution?.taxNumber ?? ''}
          maxLength={40}
        />
        <TextField
          name="billingEmail"
          type="email"
          label={t('billingEmail')}
          description={t('billingEmailHelp')}
          defaultValue={institution?.billingEmail ?? ''}
          isRequired
        />
        <TextField
          name="termsDays"
          label={t('termsDays')}
          description={t('termsDaysHelp')}
          defaultValue={String(institution?.termsDays ?? 30)}
          inputMode="numeric"
          pattern="[0-9]{1,2}"
          isRequired
        />
        <AmountFields
          currencies={currencies}
          amounts={institution?.creditLimits ?? []}
          label={currency => t('limitIn', { currency })}
          description={() => t('limitHelp')}
        />
        {institution ? (
          <NativeSelect
            name="status"
            label={t('status')}
            defaultValue={institution.status}
            options={(['active', 'closed'] as const).map(id => ({ id, label: t(`status_${id}`) }))}
          />
        ) : null}
        <DialogButtons onCancel={onClose}>
          <SubmitButton>{t('save')}</SubmitButton>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
