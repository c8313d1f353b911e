import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { SearchField } from '../lists/search-field.tsx'
import type { useFilters } from '../lists/use-filters.ts'
import { english, useTranslations } from '../messages.ts'
import type { Entry } from './audit-entry.ts'

export const auditFilterNames = ['q', 'action', 'actor', 'subject', 'from', 'until'] as const
type Filters = ReturnType<typeof useFilters<(typeof auditFilterNames)[number]>>

/** The days that were chosen, in the reader's own time zone, as points in time; the last day counts whole. */
export function periodOf({ from, until }: { from?: string; until?: string }) {
  const first = from ? new Date(`${from}T00:00:00`) : null
  const last = until ? new Date(`${until}T23:59:59.999`) : null
  return {
    from: first && !Number.isNaN(first.getTime()) ? first.toISOString() : undefined,
    until: last && !Number.isNaN(last.getTime()) ? last.toISOString() : undefined,
  }
}

const actions = Object.keys(english.auditActions).sort() as (keyof typeof english.auditActions)[]

/** The filters of the audit log. By whom and about whom is chosen from an entry, and shown here to be taken away. */
export function AuditFilters({ values, set, shown }: Filters & { shown: Entry[] }) {
  const t = useTranslations('audit')
  const name = useTranslations('auditNames')
  const actor = shown.find(entry => entry.actor.id === values.actor)?.actor.name
  const subject = shown.find(entry => entry.subject?.id === values.subject)?.subject?.name
  return (
    <search className="flex flex-col gap-4">
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-[2fr_1.5fr_1fr_1fr]">
        <SearchField label={t('search')} value={values.q ?? ''} onSearch={q => set({ q })} />
        <NativeSelect
          label={t('action')}
          value={values.action ?? ''}
          onChange={event => set({ action: event.target.value })}
          options={[
            { id: '', label: t('anyAction') },
            ...actions.map(action => ({ id: action, label: name(action) })),
          ]}
        />
        <TextField label={t('from')} type="date" value={values.from ?? ''} onChange={from => set({ from })} />
        <TextField
          label={t('until')}
          type="date"
          value={values.until ?? ''}
          onChange={until => set({ until })}
        />
      </div>
      {values.actor || values.subject ? (
        <div className="flex flex-wrap gap-2">
          {values.actor ? (
            <Chip
              label={t('doneBy', { name: actor ?? t('onePerson') })}
              onRemove={() => set({ actor: '' })}
            />
          ) : null}
          {values.subject ? (
            <Chip
              label={t('concerning', { name: subject ?? t('oneThing') })}
              onRemove={() => set({ subject: '' })}
            />
          ) : null}
        </div>
      ) : null}
    </search>
  )
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  const t = useTranslations('audit')
  return (
    <Button variant="secondary" size="small" aria-label={t('without', { filter: label })} onPress={onRemove}>
      {label}
      <Icon name="close" />
    </Button>
  )
}
