'use client'
import { Select } from '@azora/ui/select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { FileKind } from './use-course-files.ts'

const kinds = ['image', 'video', 'audio', 'document'] as const satisfies FileKind[]
const anyKind = 'any'

type FileSearchProps = {
  q: string
  onQ: (q: string) => void
  /** Offers the kinds as well. */
  kind?: { value: FileKind | null; onKind: (kind: FileKind | null) => void }
}

/** What files of a course are searched by. */
export function FileSearch({ q, onQ, kind }: FileSearchProps) {
  const t = useTranslations('files')
  return (
    <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_12rem]">
      <div className={kind ? '' : 'sm:col-span-2'}>
        <TextField label={t('search')} type="search" value={q} onChange={onQ} maxLength={100} />
      </div>
      {kind ? (
        <Select
          label={t('kind')}
          value={kind.value ?? anyKind}
          onChange={id => kind.onKind(kinds.find(one => one === id) ?? null)}
          options={[
            { id: anyKind, label: t('kind_any') },
            ...kinds.map(id => ({ id, label: t(`kind_${id}`) })),
          ]}
        />
      ) : null}
    </div>
  )
}
