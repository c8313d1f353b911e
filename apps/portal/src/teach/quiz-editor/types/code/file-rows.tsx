'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { useId } from 'react'
import { CodeArea } from '../../../../code/code-area.tsx'
import { fileLanguage } from '../../../../code/file-language.ts'
import { useTranslations } from '../../../../i18n/client.tsx'
import { type CodeDraft, type FileDraft, type FileUse, freePath, isPath, newFile } from '../../code-draft.ts'
import { LabelledChoice, LabelledText } from '../labelled.tsx'
import { AddRow, RemoveRow } from '../row-buttons.tsx'

type FileRowsProps = { body: CodeDraft; onChange: (files: FileDraft[]) => void }

/** The files of a program, each with what it begins with and what learners do with it. */
export function FileRows({ body, onChange }: FileRowsProps) {
  const t = useTranslations('codeEditor')
  const { files } = body
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1 text-base font-bold">{t('files')}</legend>
      <p className="text-sm text-muted">{t('filesHelp')}</p>
      <ol className="flex flex-col gap-4">
        {files.map((file, at) => (
          <FileRow
            key={file.key}
            file={file}
            isFirst={at === 0}
            isRemovable={files.length > 1}
            onChange={part => onChange(files.with(at, { ...file, ...part }))}
            onRemove={() => onChange(files.toSpliced(at, 1))}
          />
        ))}
      </ol>
      {files.length < limits.filesOfProgram ? (
        <AddRow label={t('addFile')} onPress={() => onChange([...files, newFile(freePath(body), 'read')])} />
      ) : null}
    </fieldset>
  )
}

type FileRowProps = {
  file: FileDraft
  isFirst: boolean
  isRemovable: boolean
  onChange: (part: Partial<FileDraft>) => void
  onRemove: () => void
}

function FileRow({ file, isFirst, isRemovable, onChange, onRemove }: FileRowProps) {
  const t = useTranslations('codeEditor')
  const id = useId()
  const isWrong = !isPath(file.path)
  // The one that is run is seen.
  const uses: FileUse[] = isFirst ? ['write', 'read'] : ['write', 'read', 'hidden']
  return (
    <li className="flex min-w-0 flex-col gap-3 rounded-control border border-line p-3">
      <div className="flex flex-wrap items-end gap-3">
        <LabelledText
          label={t('path')}
          value={file.path}
          onText={path => onChange({ path })}
          maxLength={limits.programPathLength}
          spellCheck={false}
          autoCapitalize="off"
          aria-invalid={isWrong}
          {...(isWrong ? { 'aria-describedby': `${id}-path` } : {})}
          className="min-w-40 flex-1"
        />
        <LabelledChoice
          label={t('use')}
          value={file.use}
          options={uses.map(use => ({ id: use, label: t(`use_${use}`) }))}
          onChoose={use => onChange({ use })}
          className="min-w-40 flex-1"
        />
        {isRemovable ? <RemoveRow label={t('removeFile', { path: file.path })} onPress={onRemove} /> : null}
      </div>
      {isWrong ? (
        <p id={`${id}-path`} className="text-sm font-medium text-bad">
          {t('pathWrong')}
        </p>
      ) : null}
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex items-center justify-between gap-3">
          <span id={`${id}-content`} className="text-sm font-semibold">
            {t(file.use === 'write' ? 'starter' : 'content')}
          </span>
          {isFirst ? <Badge>{t('runsFirst')}</Badge> : null}
        </div>
        <CodeArea
          labelledBy={`${id}-content`}
          language={fileLanguage(file.path)}
          value={file.content}
          onChange={content => onChange({ content })}
          maxLength={limits.programTextLength}
          lines={4}
        />
      </div>
    </li>
  )
}
