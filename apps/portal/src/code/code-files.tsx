'use client'
import { limits } from '@azora/contracts/limits.ts'
import { type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs'
import { useTranslations } from '../i18n/client.tsx'
import { CodeArea, type CodeHandle } from './code-area.tsx'
import { fileLanguage } from './file-language.ts'

/** Where a program failed, in one of its files. */
export type ErrorPlace = { path: string; line: number }

const keyOf = ({ key, path }: CodeFilesProps['files'][number]) => key ?? path

export type FilesHandle = { goTo: (place: ErrorPlace) => void }

type CodeFilesProps = {
  /** The ids of what names the program, and of what says more of it. */
  labelledBy: string
  describedBy: string
  /** A file that is locked can be read. `key` names one whose path may change, else its path does. */
  files: { key?: string; path: string; content: string; locked: boolean }[]
  onChange: (key: string, content: string) => void
  /** Nothing can be changed, for now or any more. */
  isReadOnly: boolean
  errorPlace?: ErrorPlace | null
  onRun?: () => void
  ref?: Ref<FilesHandle>
}

/** The files of a program, one behind the other. Each keeps its cursor and what can be undone. */
export function CodeFiles({
  labelledBy,
  describedBy,
  files,
  onChange,
  isReadOnly,
  errorPlace = null,
  onRun,
  ref,
}: CodeFilesProps) {
  const t = useTranslations('code')
  const [selected, setSelected] = useState<string | null>(null)
  const id = useId()
  const nameOf = (file: CodeFilesProps['files'][number]) => `${id}-${keyOf(file)}`
  const shown =
    files.find(file => keyOf(file) === selected) ?? files.find(({ locked }) => !locked) ?? files[0]
  const areas = useRef(new Map<string, CodeHandle>())
  // A file that was behind another can take the cursor only once it is shown.
  const [going, setGoing] = useState<{ key: string; line: number } | null>(null)
  useEffect(() => {
    if (!going) return
    areas.current.get(going.key)?.goTo(going.line)
    setGoing(null)
  }, [going])
  useImperativeHandle(ref, () => ({
    goTo({ path, line }) {
      const file = files.find(one => one.path === path)
      if (!file) return
      setSelected(keyOf(file))
      setGoing({ key: keyOf(file), line })
    },
  }))
  const area = (file: CodeFilesProps['files'][number]) => (
    <CodeArea
      ref={handle => {
        if (handle) areas.current.set(keyOf(file), handle)
        else areas.current.delete(keyOf(file))
      }}
      labelledBy={`${labelledBy} ${nameOf(file)}`}
      describedBy={describedBy}
      language={fileLanguage(file.path)}
      value={file.content}
      onChange={text => onChange(keyOf(file), text)}
      isReadOnly={isReadOnly || file.locked}
      maxLength={limits.programTextLength}
      errorLine={errorPlace?.path === file.path ? errorPlace.line : null}
      {...(onRun ? { onRun } : {})}
    />
  )
  const [only] = files
  if (files.length === 1 && only)
    return (
      <div className="flex min-w-0 flex-col gap-1.5">
        <p id={nameOf(only)} className="font-mono text-sm font-semibold break-all">
          {only.path}
        </p>
        {area(only)}
      </div>
    )
  return (
    <Tabs
      selectedKey={shown ? keyOf(shown) : ''}
      onSelectionChange={key => setSelected(String(key))}
      // The ring is on the tab, or in the editor.
      className="flex min-w-0 flex-col gap-2 data-focus-visible:outline-none"
    >
      <TabList aria-label={t('files')} className="flex gap-1 overflow-x-auto p-0.5">
        {files.map(file => (
          <Tab
            key={keyOf(file)}
            id={keyOf(file)}
            className="flex min-h-10 cursor-pointer items-center gap-2 rounded-control px-3 font-mono text-sm whitespace-nowrap text-muted data-hovered:text-ink data-selected:bg-accent-soft data-selected:font-semibold data-selected:text-accent-ink"
          >
            <span id={nameOf(file)}>{file.path}</span>
            {file.locked ? <span className="font-sans text-xs">{t('locked')}</span> : null}
          </Tab>
        ))}
      </TabList>
      {files.map(file => (
        <TabPanel key={keyOf(file)} id={keyOf(file)} shouldForceMount className="min-w-0 data-inert:hidden">
          {area(file)}
        </TabPanel>
      ))}
    </Tabs>
  )
}
