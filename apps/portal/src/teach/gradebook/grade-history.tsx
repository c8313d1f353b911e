import { getTranslations } from '../../i18n/server.ts'
import type { api } from '../../lib/api.server.ts'
import { Moment } from '../moment.tsx'

type Client = Awaited<ReturnType<typeof api>>
type Grades = Awaited<ReturnType<Client['assessment']['getGrade']>>
type State = Grades['history'][number]['before']

/** Which grades of a learner were changed by hand, newest first, with the reasons. */
export async function GradeHistory({ grades }: { grades: Grades }) {
  const [t, book] = await Promise.all([getTranslations('grades'), getTranslations('gradebook')])
  if (grades.history.length === 0) return <p className="text-muted">{t('historyEmpty')}</p>
  const titles = new Map(
    grades.categories.flatMap(({ items }) => items.map(({ id, title }) => [id, title] as const)),
  )
  const titleOf = (itemId: string | null) =>
    itemId === null ? t('courseGrade') : (titles.get(itemId) ?? t('removedItem'))
  const shown = ({ score, excused }: State) =>
    excused ? book('excused') : score === null ? t('historyNone') : String(score)
  return (
    <ol className="flex flex-col gap-3">
      {grades.history.map(({ id, itemId, before, after, changedAt, reason }) => (
        <li key={id} className="border-s-2 border-line ps-4">
          <p className="font-semibold break-words">
            {t('historyOf', { item: titleOf(itemId), before: shown(before), after: shown(after) })}
          </p>
          {reason ? <p className="text-sm wrap-anywhere">{t('reason', { reason })}</p> : null}
          <p className="text-sm text-muted">
            <Moment time={changedAt} />
          </p>
        </li>
      ))}
    </ol>
  )
}
