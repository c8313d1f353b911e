import { Card } from '@azora/ui/card.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { sizeText } from '@azora/web/size.ts'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { Failed } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'

/** How much of its storage the school uses, and whose files take most of it. */
export function Storage() {
  const t = useTranslations('overview')
  const locale = useLocale()
  const { value, fault, reload } = useLoad('storage', signal =>
    call('education.getStorageUse', {}, { signal }),
  )
  if (fault) return <Failed fault={fault} onRetry={reload} />
  const school = value?.school
  if (value && !school) return null
  return (
    <Card as="section" className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{t('storage')}</h2>
      {school ? (
        <>
          <ProgressBar
            label={t('storageText')}
            percent={(school.usedBytes / school.limitBytes) * 100}
            note={t('storageOf', {
              used: sizeText(locale, school.usedBytes),
              limit: sizeText(locale, school.limitBytes),
            })}
          />
          {school.people.length ? (
            <div className="flex flex-col gap-1">
              <h3 className="text-sm font-semibold">{t('storagePeople')}</h3>
              <ul className="divide-y divide-line">
                {school.people.map(person => (
                  <li key={person.userId} className="flex items-center justify-between gap-4 py-2">
                    {person.name ? (
                      <Link
                        to={`/people/${person.userId}`}
                        className="min-w-0 break-words underline underline-offset-4"
                      >
                        {person.name}
                      </Link>
                    ) : (
                      <span className="text-muted">{t('storageNobody')}</span>
                    )}
                    <span className="shrink-0 text-sm text-muted tabular-nums">
                      {sizeText(locale, person.usedBytes)}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
        </>
      ) : (
        <Skeleton className="h-10 w-full" />
      )}
    </Card>
  )
}
