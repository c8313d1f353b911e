import { Card } from '@azora/ui/card.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { currencyOptions } from './rate-form.tsx'

const mostBytes = 200_000

/** Takes over the rates that a central bank publishes for download. */
export function RateFile({ onTaken }: { onTaken: () => void }) {
  const t = useTranslations('exchangeRates')
  const locale = useLocale()
  const say = useToast()
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const [base, setBase] = useState('EUR')
  const [source, setSource] = useState(t('centralBank'))
  const take = async ([file]: File[]) => {
    if (!file) return
    if (file.size > mostBytes) return say(t('tooLarge'), 'error')
    await run(async () => {
      const csv = await file.text()
      const { saved, latest } = await call('payments.importExchangeRates', { base, source, csv })
      const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
      say(t('taken', { n: saved, latest: day.format(new Date(`${latest}T00:00:00Z`)) }))
      onTaken()
    })
  }
  return (
    <Card as="section" className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{t('file')}</h2>
      <p className="text-sm text-muted">{t('fileText')}</p>
      <NativeSelect
        label={t('base')}
        value={base}
        onChange={({ target }) => setBase(target.value)}
        options={currencyOptions}
      />
      <TextField label={t('source')} value={source} onChange={setSource} maxLength={120} />
      <FileDrop
        label={t('drop')}
        browseLabel={t('choose')}
        accept={['.csv', 'text/csv']}
        isDisabled={pending || source.trim() === ''}
        onFiles={files => void take(files)}
      />
    </Card>
  )
}
