'use client'
import { Button } from '@azora/ui/button.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { FileDrop } from '@azora/ui/file-drop.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { LoadFailed } from '@azora/web/shell/load-failed.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import { DeleteDialog } from '../files/delete-dialog.tsx'
import { FileRow } from '../files/file-row.tsx'
import { FileSearch } from '../files/file-search.tsx'
import { ReplaceDialog } from '../files/replace-dialog.tsx'
import { StorageLine } from '../files/storage-line.tsx'
import { type CourseFile, type FileKind, useCourseFiles } from '../files/use-course-files.ts'
import { UploadState, useUploads } from '../uploads.tsx'
import { useAction } from '../use-action.ts'
import type { CourseTabProps } from './authored-course.ts'

type Doing = { what: 'replace' | 'delete'; file: CourseFile }

/** Every file of a course: where it is used, its content replaced, and deleted once it is used nowhere. */
export function FilesTab({ course, onCourse, onConflict }: CourseTabProps) {
  const t = useTranslations('files')
  const editor = useTranslations('editor')
  const common = useTranslations('common')
  const say = useToast()
  const [q, setQ] = useState('')
  const [kind, setKind] = useState<FileKind | null>(null)
  const [doing, setDoing] = useState<Doing | null>(null)
  const { files, fault, more, reload } = useCourseFiles(course.id, kind, q)
  const { uploads, send } = useUploads(course.id)
  const { run } = useAction({ onConflict, onFault: message => say(message, 'error') })
  const changed = async () => {
    reload()
    // The course names files too: its cover, the files of its lessons.
    await run(async () => onCourse(await call('education.editCourse', { courseId: course.id })))
  }
  const upload = async (chosen: File[]) => {
    const stored = await send(chosen)
    if (stored.length === 0) return
    await changed()
    for (const file of stored) say(editor('uploaded', { name: file.name }))
  }
  const searched = q.trim() !== '' || kind !== null
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      <StorageLine changed={files} />
      <FileDrop label={editor('addFiles')} browseLabel={editor('chooseFiles')} multiple onFiles={upload} />
      <UploadState uploads={uploads} />
      {files?.length || searched ? (
        <FileSearch q={q} onQ={setQ} kind={{ value: kind, onKind: setKind }} />
      ) : null}
      {fault ? <LoadFailed fault={fault} onRetry={reload} /> : null}
      {files ? (
        files.length ? (
          <ul
            aria-label={editor('tab_files')}
            className="rounded-card border border-line bg-surface shadow-card"
          >
            {files.map(file => (
              <FileRow
                key={file.id}
                file={file}
                courseId={course.id}
                onReplace={() => setDoing({ what: 'replace', file })}
                onDelete={() => setDoing({ what: 'delete', file })}
              />
            ))}
          </ul>
        ) : searched ? (
          <p className="py-6 text-muted">{t('noneFound')}</p>
        ) : (
          <EmptyState icon="file" title={editor('noFiles')}>
            {editor('noFilesText')}
          </EmptyState>
        )
      ) : fault ? null : (
        <Skeleton className="h-48 w-full" />
      )}
      {more ? (
        <Button variant="secondary" onPress={more}>
          {t('more')}
        </Button>
      ) : null}
      {doing?.what === 'replace' ? (
        <ReplaceDialog
          file={doing.file}
          onClose={() => setDoing(null)}
          onReplaced={() => {
            setDoing(null)
            say(t('replaced', { name: doing.file.name }))
            void changed()
          }}
        />
      ) : null}
      {doing?.what === 'delete' ? (
        <DeleteDialog
          file={doing.file}
          courseId={course.id}
          onClose={() => setDoing(null)}
          onDeleted={() => {
            say(t('deleted', { name: doing.file.name }))
            void changed()
          }}
          onFault={failure => say(faultText(failure, common('connectionLost')), 'error')}
        />
      ) : null}
    </div>
  )
}
