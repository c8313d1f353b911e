import { currencyCodes } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'

export const currencyOptions = currencyCodes.map(id => ({ id, label: id }))

/** Writes down the rate of a day, as it was published. */
export function RateForm({ onSaved }: { onSaved: () => void }) {
  const t = useTranslations('exchangeRates')
  const common = useTranslations('common')
  const say = useToast()
  const [saved, setSaved] = useState(0)
  const save = async (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? '').trim()
    await call('payments.saveExchangeRate', {
      from: text('from'),
      to: text('to'),
      rate: text('rate').replace(',', '.'),
      on: text('on'),
      source: text('source'),
    })
    say(t('saved'))
    setSaved(count => count + 1)
    onSaved()
  }
  return (
    <Card as="section" className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{t('add')}</h2>
      <Form key={saved} onSubmit={save} failure={common('connectionLost')}>
        <div className="grid grid-cols-2 gap-4">
          <NativeSelect name="from" label={t('from')} defaultValue="USD" options={currencyOptions} />
          <NativeSelect name="to" label={t('to')} defaultValue="ZAR" options={currencyOptions} />
        </div>
        <TextField
          name="rate"
          label={t('rate')}
          description={t('rateHelp')}
          inputMode="decimal"
          validate={text => (/^\d{1,12}([.,]\d{1,18})?$/.test(text.trim()) ? null : t('notARate'))}
          isRequired
        />
        <TextField name="on" type="date" label={t('on')} isRequired />
        <TextField
          name="source"
          label={t('source')}
          description={t('sourceHelp')}
          maxLength={120}
          isRequired
        />
        <div>
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
