'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { LoadFailed } from '@azora/web/shell/load-failed.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { FileSearch } from './file-search.tsx'
import { FileThumb } from './file-thumb.tsx'
import type { StoredFile } from './stored-file.ts'
import { type FileKind, useCourseFiles } from './use-course-files.ts'

type FilePickerProps = {
  courseId: string
  /** Offers files of this kind alone. */
  kind?: FileKind
  /** The ids of files that are chosen already. */
  without?: string[]
  onPick: (file: StoredFile) => void
}

/** A button that offers the files that a course has already, to use one of them again. */
export function FilePicker({ onPick, ...props }: FilePickerProps) {
  const t = useTranslations('files')
  const common = useTranslations('common')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="secondary" onPress={() => setOpen(true)}>
        <Icon name="file" />
        {t('pick')}
      </Button>
      <Dialog isOpen={open} onOpenChange={setOpen} title={t('pickTitle')} closeLabel={common('close')}>
        <Choice
          {...props}
          onPick={file => {
            setOpen(false)
            onPick(file)
          }}
        />
      </Dialog>
    </>
  )
}

function Choice({ courseId, kind, without = [], onPick }: FilePickerProps) {
  const t = useTranslations('files')
  const locale = useLocale()
  const [q, setQ] = useState('')
  const [chosenKind, setChosenKind] = useState<FileKind | null>(kind ?? null)
  const { files, fault, more, reload } = useCourseFiles(courseId, chosenKind, q)
  const offered = files?.filter(file => !without.includes(file.id))
  return (
    <>
      <FileSearch
        q={q}
        onQ={setQ}
        {...(kind ? {} : { kind: { value: chosenKind, onKind: setChosenKind } })}
      />
      {fault ? <LoadFailed fault={fault} onRetry={reload} /> : null}
      {offered ? (
        offered.length ? (
          <ul aria-label={t('pickTitle')} className="flex flex-col gap-1">
            {offered.map(file => (
              <li key={file.id}>
                <AriaButton
                  onPress={() =>
                    onPick({
                      id: file.id,
                      name: file.name,
                      mediaType: file.mediaType,
                      size: file.size,
                      url: file.url,
                    })
                  }
                  className="flex w-full items-center gap-3 rounded-control p-2 text-start hover:bg-sunken"
                >
                  <FileThumb file={file} />
                  <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{file.name}</span>
                  <span className="text-sm whitespace-nowrap text-muted">{sizeText(locale, file.size)}</span>
                </AriaButton>
              </li>
            ))}
          </ul>
        ) : (
          <p className="py-4 text-muted">{q || more ? t('noneFound') : t('nonePick')}</p>
        )
      ) : fault ? null : (
        <Skeleton className="h-40 w-full" />
      )}
      {more ? (
        <Button variant="quiet" onPress={more}>
          {t('more')}
        </Button>
      ) : null}
    </>
  )
}
