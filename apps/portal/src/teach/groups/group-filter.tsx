import { Button } from '@azora/ui/button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { getTranslations } from '../../i18n/server.ts'
import type { Group } from './groups.server.ts'

type FilterProps = {
  groups: Group[]
  /** The group that is shown. */
  groupId: string | undefined
  path: string
  /** What else the address of the page says. */
  others?: Record<string, string>
}

/** Chooses the group that a page shows. Nothing where there are no groups. */
export async function GroupFilter({ groups, groupId, path, others = {} }: FilterProps) {
  const t = await getTranslations('groupFilter')
  if (groups.length === 0) return null
  return (
    <form action={path} className="flex flex-wrap items-end gap-3">
      {Object.entries(others).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="min-w-44 max-w-full">
        <NativeSelect
          // Another page of the same address has another group chosen.
          key={groupId ?? ''}
          label={t('group')}
          name="group"
          defaultValue={groupId ?? ''}
          options={[
            { id: '', label: t('all') },
            ...groups.map(({ id, name, memberCount }) => ({
              id,
              label: t('option', { name, count: memberCount }),
            })),
          ]}
        />
      </div>
      <Button type="submit" variant="secondary">
        {t('show')}
      </Button>
    </form>
  )
}
