import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { type Version, versions } from '../document/api-document.ts'
import { NeedsDocument } from '../document/needs-document.tsx'
import { useTranslations } from '../messages.ts'
import { useTitle } from '../shell/use-title.ts'
import { ErrorCodes } from './error-codes.tsx'
import { OperationList } from './operation-list.tsx'

/** All operations of a version, to be searched and opened. */
export function ReferencePage() {
  const t = useTranslations('reference')
  useTitle(t('title'))
  const [search, setSearch] = useSearchParams()
  const version = versions.find(one => one === search.get('version')) ?? 'v1'
  // Held here, because an address that changes with each letter comes too late for a fast hand.
  const [typed, setTyped] = useState(search.get('q') ?? '')
  const box = useSearchKey()
  const set = (name: string, value: string) =>
    setSearch(
      before => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <LinkButton href={`/api/${version}/openapi.json`} variant="secondary">
            <Icon name="download" />
            {t('download')}
          </LinkButton>
        }
      />
      <div className="mb-8 flex flex-wrap items-end gap-4">
        <search className="min-w-0 flex-1 basis-72">
          <label className="flex flex-col gap-1.5">
            <span className="text-sm font-semibold">{t('search')}</span>
            <span className="relative flex items-center">
              <Icon name="search" className="absolute start-3.5 text-muted" />
              <input
                ref={box}
                type="search"
                value={typed}
                onChange={event => {
                  setTyped(event.target.value)
                  set('q', event.target.value)
                }}
                placeholder={t('searchExample')}
                aria-keyshortcuts="/"
                className="min-h-11 w-full rounded-control border border-edge bg-surface ps-10.5 pe-12 placeholder:text-muted"
              />
              {typed ? null : (
                <kbd className="absolute end-3.5 rounded border border-line bg-sunken px-1.5 text-sm text-muted">
                  /
                </kbd>
              )}
            </span>
          </label>
        </search>
        <VersionSwitch version={version} onChoose={chosen => set('version', chosen === 'v1' ? '' : chosen)} />
      </div>
      {version === 'v1' ? null : <p className="-mt-3 mb-8 max-w-2xl text-muted">{t('v2Note')}</p>}
      <NeedsDocument version={version}>
        {document => <OperationList operations={document.operations} typed={typed} />}
      </NeedsDocument>
      <ErrorCodes />
    </>
  )
}

/** `/` leads to the search box, as in many references. */
function useSearchKey() {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const byKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (target.matches('input, textarea, select, [contenteditable]')) return
      event.preventDefault()
      box.current?.focus()
      box.current?.select()
    }
    addEventListener('keydown', byKey)
    return () => removeEventListener('keydown', byKey)
  }, [])
  return box
}

function VersionSwitch({ version, onChoose }: { version: Version; onChoose: (version: Version) => void }) {
  const t = useTranslations('reference')
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-semibold">{t('version')}</legend>
      <div className="flex rounded-control border border-edge bg-surface p-1">
        {versions.map(one => (
          <button
            key={one}
            type="button"
            aria-pressed={one === version}
            onClick={() => onChoose(one)}
            className="min-h-9 rounded-md px-4 font-semibold text-muted hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
          >
            {one}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
