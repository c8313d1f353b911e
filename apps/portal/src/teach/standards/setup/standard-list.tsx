'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { replaced } from '../../gradebook/setup/setup-draft.ts'
import type { Standard } from '../standards.ts'
import type { DraftStandard } from './read-standards.ts'

type StandardListProps = {
  standards: DraftStandard[]
  saved: readonly Standard[]
  onStandards: (standards: DraftStandard[]) => void
}

/** The standards of a course in their order, each with its code, title and description. */
export function StandardList({ standards, saved, onStandards }: StandardListProps) {
  const t = useTranslations('standardsSetup')
  const common = useTranslations('common')
  const [removing, setRemoving] = useState<DraftStandard | null>(null)
  const countOf = (id: string) => saved.find(standard => standard.id === id)?.questionCount ?? 0
  const remove = (id: string) => onStandards(standards.filter(standard => standard.id !== id))
  const move = (at: number, by: number) => {
    const next = [...standards]
    const [moved] = next.splice(at, 1)
    if (moved) onStandards(next.toSpliced(at + by, 0, moved))
  }
  return (
    <div className="flex flex-col gap-3">
      {standards.length === 0 ? <p className="text-muted">{t('empty')}</p> : null}
      <ol className="flex flex-col gap-3">
        {standards.map((standard, at) => (
          <li key={standard.id} aria-label={t('item', { number: at + 1 })}>
            <Card className="flex flex-col gap-3">
              <div className="flex flex-wrap items-end gap-3">
                <div className="w-32">
                  <TextField
                    label={t('code')}
                    value={standard.code}
                    maxLength={limits.standardCodeLength}
                    isRequired
                    onChange={code => onStandards(replaced(standards, at, { code }))}
                  />
                </div>
                <div className="min-w-0 flex-1 basis-52">
                  <TextField
                    label={t('standardTitle')}
                    value={standard.title}
                    maxLength={limits.standardTitleLength}
                    isRequired
                    onChange={title => onStandards(replaced(standards, at, { title }))}
                  />
                </div>
                <div className="flex">
                  <Button
                    variant="quiet"
                    aria-label={t('up', { code: standard.code })}
                    isDisabled={at === 0}
                    onPress={() => move(at, -1)}
                  >
                    <Icon name="up" />
                  </Button>
                  <Button
                    variant="quiet"
                    aria-label={t('down', { code: standard.code })}
                    isDisabled={at === standards.length - 1}
                    onPress={() => move(at, 1)}
                  >
                    <Icon name="down" />
                  </Button>
                  <Button
                    variant="quiet"
                    aria-label={t('remove', { code: standard.code })}
                    onPress={() => (countOf(standard.id) > 0 ? setRemoving(standard) : remove(standard.id))}
                  >
                    <Icon name="trash" />
                  </Button>
                </div>
              </div>
              <TextArea
                label={t('text')}
                value={standard.description}
                rows={2}
                maxLength={limits.standardTextLength}
                onChange={description => onStandards(replaced(standards, at, { description }))}
              />
            </Card>
          </li>
        ))}
      </ol>
      <div>
        <Button
          variant="secondary"
          isDisabled={standards.length >= limits.standardsOfCourse}
          onPress={() =>
            onStandards([...standards, { id: crypto.randomUUID(), code: '', title: '', description: '' }])
          }
        >
          <Icon name="plus" />
          {t('add')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={removing !== null}
        onOpenChange={open => {
          if (!open) setRemoving(null)
        }}
        title={t('removeTitle')}
        confirmLabel={t('removeConfirm')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={() => {
          if (removing) remove(removing.id)
          setRemoving(null)
        }}
      >
        {t('removeText', { count: countOf(removing?.id ?? '') })}
      </ConfirmDialog>
    </div>
  )
}
