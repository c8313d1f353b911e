'use client'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Table } from '@azora/ui/table.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import { UploadState, useUploads } from '../uploads.tsx'
import { useAction } from '../use-action.ts'
import type { CourseTabProps } from './course-editor.tsx'

/** The files of a course: what was imported with it or uploaded to it. */
export function FilesTab({ course, onCourse, onConflict }: CourseTabProps) {
  const t = useTranslations('editor')
  const locale = useLocale()
  const say = useToast()
  const { uploads, send } = useUploads(course.id)
  const { run } = useAction({ onConflict, onFault: message => say(message, 'error') })
  const upload = async (files: File[]) => {
    const stored = await send(files)
    if (stored.length === 0) return
    await run(async () => onCourse(await call('education.editCourse', { courseId: course.id })))
    for (const file of stored) say(t('uploaded', { name: file.name }))
  }
  return (
    <div className="flex flex-col gap-5">
      <FileDrop label={t('addFiles')} browseLabel={t('chooseFiles')} multiple onFiles={upload} />
      <UploadState uploads={uploads} />
      <Table
        caption={t('tab_files')}
        captionHidden
        rows={course.attachments}
        rowKey={file => file.id}
        empty={
          <EmptyState icon="file" title={t('noFiles')}>
            {t('noFilesText')}
          </EmptyState>
        }
        columns={[
          {
            id: 'name',
            header: t('fileName'),
            rowHeader: true,
            cell: file => (
              <a href={file.url} className="break-all underline underline-offset-4">
                {file.name}
              </a>
            ),
          },
          {
            id: 'type',
            header: t('fileType'),
            cell: file => <span className="text-sm">{file.mediaType}</span>,
          },
          { id: 'size', header: t('fileSize'), align: 'end', cell: file => sizeText(locale, file.size) },
        ]}
      />
    </div>
  )
}
