'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { keyOf } from './chosen.ts'
import type { Accommodation, Loaded } from './use-accommodations.ts'

type ListProps = {
  loaded: Loaded
  pending: boolean
  onEdit: (given: Accommodation) => void
  onRemove: (given: Accommodation) => Promise<unknown>
}

/** Who was given what, a card for each. */
export function AccommodationList({ loaded, pending, onEdit, onRemove }: ListProps) {
  const t = useTranslations('accommodations')
  const common = useTranslations('common')
  const locale = useLocale()
  const [asked, setAsked] = useState<Accommodation | null>(null)
  const groupOf = (groupId: string) => loaded.groups.find(({ id }) => id === groupId)?.name
  const nameOf = ({ userId, groupId }: Accommodation) =>
    groupId
      ? t('groupNamed', { name: groupOf(groupId) ?? t('unknownGroup') })
      : (loaded.learners.find(learner => learner.userId === userId)?.name ?? t('unknownLearner'))
  const quizOf = ({ quizId }: Accommodation) =>
    quizId === null ? t('allQuizzes') : (loaded.quizzes.find(quiz => quiz.id === quizId)?.title ?? '')
  const moment = (time: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time))
  const told = (given: Accommodation) => [
    ...(given.extraPercent ? [t('toldPercent', { percent: given.extraPercent })] : []),
    ...(given.extraMinutes ? [t('toldMinutes', { count: given.extraMinutes })] : []),
    ...(given.extraBreakMinutes ? [t('toldBreaks', { count: given.extraBreakMinutes })] : []),
    ...(given.extraAttempts ? [t('toldAttempts', { count: given.extraAttempts })] : []),
    ...(given.opensAt ? [t('toldOpens', { time: moment(given.opensAt) })] : []),
    ...(given.dueAt ? [t('toldDue', { time: moment(given.dueAt) })] : []),
    ...(given.closesAt ? [t('toldCloses', { time: moment(given.closesAt) })] : []),
  ]
  if (loaded.items.length === 0) return <p className="text-muted">{t('empty')}</p>
  return (
    <>
      <ul aria-label={t('title')} className="flex flex-col gap-3">
        {loaded.items.map(given => (
          <li
            key={`${keyOf(given)} ${given.quizId}`}
            className="flex flex-col gap-1 rounded-control border border-line px-4 py-3"
          >
            <p className="font-semibold break-words">{nameOf(given)}</p>
            <p className="text-sm text-muted">{quizOf(given)}</p>
            <p className="text-sm">{told(given).join(' · ')}</p>
            <div className="flex flex-wrap gap-3 pt-1">
              <Button
                variant="secondary"
                aria-label={t('editOf', { name: nameOf(given) })}
                onPress={() => onEdit(given)}
              >
                {t('edit')}
              </Button>
              <Button
                variant="quiet"
                aria-label={t('removeOf', { name: nameOf(given) })}
                isDisabled={pending}
                onPress={() => setAsked(given)}
              >
                {t('remove')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {asked ? (
        <ConfirmDialog
          isOpen
          onOpenChange={() => setAsked(null)}
          title={t('removeTitle')}
          confirmLabel={t('removeConfirm')}
          cancelLabel={common('cancel')}
          danger
          onConfirm={async () => {
            await onRemove(asked)
          }}
        >
          <p>{t('removeText', { name: nameOf(asked) })}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
