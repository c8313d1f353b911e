import { Card } from '@azora/ui/card.tsx'
import { getTranslations } from '../i18n/server.ts'
import type { CoursePage } from './course-page.server.ts'

/** The groups of a learner in a course, with who is in each. Nothing where learners are not shown them. */
export async function OwnGroups({ groups }: Pick<CoursePage, 'groups'>) {
  if (groups.length === 0) return null
  const t = await getTranslations('learning')
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="font-bold">{t('groups', { count: groups.length })}</h2>
      {groups.map(({ id, name, memberNames }) => (
        <div key={id} className="flex flex-col gap-1">
          <h3 id={`group-${id}`} className="font-semibold break-words">
            {name}
          </h3>
          <ul aria-labelledby={`group-${id}`} className="flex flex-col gap-0.5 text-sm">
            {memberNames.map((member, at) => (
              // Two may have the same name, and no more is told of them.
              <li key={at} className="break-words">
                {member}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Card>
  )
}
