'use client'
import type { BillingDetails } from '@azora/contracts/payments/buyer.ts'
import { Card } from '@azora/ui/card.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'

type Props = {
  details: BillingDetails | null
  /** Named by the server: a browser may call some otherwise. */
  countries: { id: string; label: string }[]
}

/** As whom a person buys. Without a name it is nobody but themselves. */
export function BillingDetailsForm({ details, countries }: Props) {
  const t = useTranslations('billing')
  const common = useTranslations('common')
  const [saved, setSaved] = useState(false)
  const save = async (data: FormData) => {
    setSaved(false)
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const address = text('address')
      .split(/\r?\n/)
      .map(line => line.trim())
      .filter(Boolean)
    const named = {
      name: text('name'),
      address,
      country: text('country') || null,
      taxNumber: text('taxNumber') || null,
    }
    await call('payments.saveBillingDetails', { details: named.name ? named : null }).catch(asFields)
    setSaved(true)
  }
  return (
    <Card as="section" className="flex flex-col gap-4">
      <div>
        <h2 className="text-lg font-bold">{t('title')}</h2>
        <p className="text-muted">{t('text')}</p>
      </div>
      <Form onSubmit={save} failure={common('connectionLost')}>
        <TextField
          name="name"
          label={t('name')}
          defaultValue={details?.name ?? ''}
          maxLength={150}
          autoComplete="billing organization"
        />
        <TextArea
          name="address"
          label={t('address')}
          description={t('addressHelp')}
          defaultValue={details?.address.join('\n') ?? ''}
          autoComplete="billing street-address"
          maxLength={600}
        />
        <NativeSelect
          name="country"
          label={t('country')}
          defaultValue={details?.country ?? ''}
          options={[{ id: '', label: t('noCountry') }, ...countries]}
        />
        <TextField
          name="taxNumber"
          label={t('taxNumber')}
          description={t('taxNumberHelp')}
          defaultValue={details?.taxNumber ?? ''}
          maxLength={40}
        />
        {saved ? (
          <Notice tone="success" live>
            {t('saved')}
          </Notice>
        ) : null}
        <SubmitButton variant="secondary">{t('save')}</SubmitButton>
      </Form>
    </Card>
  )
}

type Refused = { data?: { fields?: { path: string }[] } }

/** Names what was refused as the form names it: `details.address.2` is a line of the address. */
function asFields(failure: Refused): never {
  for (const field of failure.data?.fields ?? [])
    field.path = field.path.replace(/^details\./, '').replace(/\.\d+$/, '')
  throw failure
}
