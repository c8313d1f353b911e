'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Row } from '../offline/database.ts'
import { forget, outboxEvent, rowsThatAre } from '../offline/outbox.ts'

/** Says below the header what was done on this device that the server refused, until it is dismissed. */
export function RefusedNotice() {
  const t = useTranslations('shell')
  const [rows, setRows] = useState<Row[]>([])
  useEffect(() => {
    const look = () => {
      rowsThatAre('refused').then(setRows, (failure: unknown) =>
        console.warn('What was refused could not be read.', failure),
      )
    }
    addEventListener(outboxEvent, look)
    return () => removeEventListener(outboxEvent, look)
  }, [])
  // The answers of an attempt are refused together: one line for all of them.
  const shown = [...new Map(rows.map(row => [`${row.subject} ${row.code}`, row])).values()]
  return (
    <div role="alert" className="print-hidden">
      {shown.length > 0 ? (
        <div className="bg-bad-soft text-bad-ink">
          <div className="page-width flex flex-wrap items-start justify-between gap-x-6 gap-y-1 py-2 text-sm">
            <div className="flex min-w-0 flex-1 basis-64 items-start gap-2">
              <Icon name="warning" className="mt-0.5" />
              <div className="min-w-0 wrap-anywhere">
                <p className="font-bold">{t('refused')}</p>
                <ul>
                  {shown.map(({ id, kind, place, reason }) => (
                    <li key={id}>
                      {place ? (
                        <a href={place.path} className="font-semibold underline underline-offset-4">
                          {place.title}
                        </a>
                      ) : (
                        <span className="font-semibold">
                          {t(kind === 'progress' ? 'refusedLesson' : 'refusedQuiz')}
                        </span>
                      )}{' '}
                      {reason}
                    </li>
                  ))}
                </ul>
              </div>
            </div>
            <button
              type="button"
              onClick={() => forget(rows)}
              className="min-h-9 font-bold underline underline-offset-4"
            >
              {t('dismiss')}
            </button>
          </div>
        </div>
      ) : null}
    </div>
  )
}
