'use client'
import { formatMoney, type Money } from '@azora/contracts/money.ts'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { typedAmount } from '@azora/web/typed-amount.ts'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/account-api.browser.ts'

/** Sends money from a wallet to another member of the school, who is found by their address. */
export function SendMoney({ walletId, available }: { walletId: string; available: Money }) {
  const t = useTranslations('wallet')
  const common = useTranslations('common')
  const locale = useLocale()
  const router = useRouter()
  const say = useToast()
  const [round, setRound] = useState(0)
  const { currency } = available
  const send = async (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const amount = typedAmount(text('amountMinor'), currency)
    if (!amount || amount.amountMinor === 0) {
      throw faultAt('amountMinor', t('notAnAmount', { example: formatMoney(available, locale) }))
    }
    const { amountMinor } = amount
    const sent = await call('mint.sendFromWallet', {
      walletId,
      to: text('to'),
      amountMinor,
      note: text('note'),
    })
    say(t('sent', { amount: formatMoney(amount, locale), name: sent.counterparty ?? text('to') }))
    setRound(round + 1)
    router.refresh()
  }
  return (
    <Form key={round} onSubmit={send} failure={common('connectionLost')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="to" label={t('to')} type="email" autoCapitalize="none" isRequired />
        <TextField name="amountMinor" label={`${t('amount')} (${currency})`} inputMode="decimal" isRequired />
      </div>
      <TextArea name="note" label={t('note')} description={t('noteHelp')} maxLength={200} rows={2} />
      <div>
        <SubmitButton variant="secondary">{t('sendNow')}</SubmitButton>
      </div>
    </Form>
  )
}
