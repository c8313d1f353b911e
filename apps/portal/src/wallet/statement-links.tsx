'use client'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { useTimeZone } from '@azora/web/time-zone.ts'
import { useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'

/** How many months back a statement is offered for; earlier ones are there by the API. */
const monthsBack = 24

/** A statement of one month, in the reader's time zone, to keep. */
export function StatementLinks({ walletId, today }: { walletId: string; today: string }) {
  const t = useTranslations('wallet')
  const locale = useLocale()
  const timeZone = useTimeZone()
  const months = monthsBefore(today)
  const [month, setMonth] = useState(months[0] ?? today.slice(0, 7))
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const period = { from: `${month}-01`, to: lastDayOf(month), timeZone }
  const address = (kind: string) =>
    `/api/v1/mint/wallets/${walletId}/statement.${kind}?${new URLSearchParams(period)}`
  return (
    <div className="flex flex-wrap items-end gap-3">
      <div className="min-w-48 flex-1 sm:flex-none">
        <NativeSelect
          label={t('month')}
          value={month}
          onChange={({ target }) => setMonth(target.value)}
          options={months.map(id => ({ id, label: format.format(new Date(`${id}-01T00:00:00Z`)) }))}
        />
      </div>
      <LinkButton href={address('pdf')} variant="secondary" download>
        {t('pdf')}
      </LinkButton>
      <LinkButton href={address('csv')} variant="quiet" download>
        {t('csv')}
      </LinkButton>
    </div>
  )
}

/** `2026-11`, `2026-10`, … */
function monthsBefore(today: string): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: monthsBack }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  )
}

function lastDayOf(yearAndMonth: string): string {
  const [year = 0, month = 1] = yearAndMonth.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}
