'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { dayText } from '../../text/date.ts'
import { FileThumb } from './file-thumb.tsx'
import { FileUses } from './file-uses.tsx'
import type { CourseFile } from './use-course-files.ts'

type FileRowProps = {
  file: CourseFile
  courseId: string
  onReplace: () => void
  onDelete: () => void
}

/** One file of a course: what it is, where it is used, and what can be done with it. */
export function FileRow({ file, courseId, onReplace, onDelete }: FileRowProps) {
  const t = useTranslations('files')
  const locale = useLocale()
  const ending = /\.([a-z0-9]{1,8})$/i.exec(file.name)?.[1]?.toUpperCase()
  return (
    <li className="flex items-start gap-4 border-b border-line py-4 ps-4 pe-2 last:border-0">
      <FileThumb file={file} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <a
          href={file.url}
          className="w-fit font-semibold [overflow-wrap:anywhere] underline underline-offset-4"
        >
          {file.name}
        </a>
        <p className="flex flex-wrap gap-x-3 text-sm text-muted">
          <span title={file.mediaType}>{ending ?? t('noEnding')}</span>
          <span>{sizeText(locale, file.size)}</span>
          <time dateTime={file.updatedAt}>{dayText(locale, file.updatedAt)}</time>
        </p>
        {file.uses.length ? (
          <FileUses courseId={courseId} uses={file.uses} />
        ) : (
          <p className="text-sm text-muted">{t('unused')}</p>
        )}
      </div>
      <Menu
        variant="quiet"
        trigger={<Icon name="more" />}
        label={t('actions', { name: file.name })}
        items={[
          { id: 'replace', label: t('replace'), icon: <Icon name="upload" /> },
          { id: 'delete', label: t('delete'), icon: <Icon name="trash" />, danger: true },
        ]}
        onAction={id => (id === 'replace' ? onReplace() : onDelete())}
      />
    </li>
  )
}
