'use client'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { AccommodationForm } from './accommodation-form.tsx'
import { AccommodationList } from './accommodation-list.tsx'
import { blank, ofWhom } from './chosen.ts'
import { type Accommodation, type Loaded, useAccommodations } from './use-accommodations.ts'

/** What the form begins with: the first learner in all quizzes. */
const firstOf = ({ items, learners }: Loaded): Accommodation =>
  ofWhom(items, { userId: learners[0]?.userId ?? null, groupId: null, quizId: null })

type DialogProps = { courseId: string; onClose: () => void }

/** What single learners and groups of a course were given, and a form to give it. */
export function AccommodationsDialog({ courseId, onClose }: DialogProps) {
  const t = useTranslations('accommodations')
  const common = useTranslations('common')
  const state = useAccommodations(courseId)
  const [edited, setEdited] = useState<Accommodation | null>(null)
  const { loaded, fault, pending } = state
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('title')} closeLabel={common('close')}>
      <p className="text-sm text-muted">{t('description')}</p>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {!loaded ? (
        fault ? null : (
          <Spinner />
        )
      ) : edited ? (
        <AccommodationForm
          initial={edited}
          loaded={loaded}
          pending={pending}
          onCancel={() => setEdited(null)}
          onSave={async given => {
            if (await state.save(given)) setEdited(null)
          }}
        />
      ) : (
        <>
          <AccommodationList
            loaded={loaded}
            pending={pending}
            onEdit={setEdited}
            onRemove={({ userId, groupId, quizId }) => state.save({ ...blank, userId, groupId, quizId })}
          />
          {loaded.learners.length ? (
            <Button onPress={() => setEdited(firstOf(loaded))}>{t('add')}</Button>
          ) : (
            <p>{t('noLearners')}</p>
          )}
        </>
      )}
    </Dialog>
  )
}
