'use client'
import { exponentOf } from '@azora/contracts/money.ts'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'

/** How much is to be put into the wallet; it is paid on the page to which this leads. */
export function AddMoney({ currencies }: { currencies: string[] }) {
  const t = useTranslations('wallet')
  const common = useTranslations('common')
  const locale = useLocale()
  const [currency, setCurrency] = useState(currencies[0] ?? 'ZAR')
  const start = async (data: FormData) => {
    const amount = typedAmount(String(data.get('amount.amountMinor') ?? ''), currency)
    if (!amount || amount.amountMinor === 0) {
      const format = new Intl.NumberFormat(locale, { minimumFractionDigits: exponentOf(currency) })
      throw faultAt('amount.amountMinor', t('notAnAmount', { example: format.format(200) }))
    }
    const order = await call('payments.startDeposit', { amount })
    location.assign(order.checkoutUrl ?? `/account/payments/${order.id}`)
  }
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' })
  return (
    <Form onSubmit={start} failure={common('connectionLost')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="amount.amountMinor" label={t('amount')} inputMode="decimal" isRequired />
        {currencies.length > 1 ? (
          <NativeSelect
            label={t('currency')}
            value={currency}
            onChange={({ target }) => setCurrency(target.value)}
            options={currencies.map(id => ({ id, label: names.of(id) ?? id }))}
          />
        ) : (
          <p className="self-end pb-2.5 text-muted">{names.of(currency)}</p>
        )}
      </div>
      <div>
        <SubmitButton>{t('continue')}</SubmitButton>
      </div>
    </Form>
  )
}
