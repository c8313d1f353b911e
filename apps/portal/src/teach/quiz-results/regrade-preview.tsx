'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'

type RegradePreviewProps = {
  preview: OutputOf<'assessment.previewRegrade'>
  courseId: string
  pending: boolean
  onBack: () => void
  onStart: (version: string, tellLearners: boolean) => void
}

const mostPages = 10

/** The names of learners of a course, as they arrive; a list without them still says what changes. */
function useNames(courseId: string, wanted: boolean): ReadonlyMap<string, string> {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  useEffect(() => {
    let left = !wanted
    const load = async () => {
      const found = new Map<string, string>()
      let cursor: string | undefined
      for (let page = 0; page < mostPages && !left; page++) {
        const { items, nextCursor } = await call('education.getRoster', { courseId, limit: 100, cursor })
        for (const { userId, name } of items) found.set(userId, name)
        if (!left) setNames(new Map(found))
        if (!nextCursor) return
        cursor = nextCursor
      }
    }
    load().catch(() => {})
    return () => {
      left = true
    }
  }, [courseId, wanted])
  return names
}

/** What a regrade would change, and its start. */
export function RegradePreview({ preview, courseId, pending, onBack, onStart }: RegradePreviewProps) {
  const t = useTranslations('regrading')
  const [tell, setTell] = useState(false)
  const { items, changedCount, attemptCount } = preview
  const names = useNames(courseId, items.length > 0)
  const nameOf = (userId: string) => names.get(userId) || t('unknownLearner', { id: userId.slice(-6) })
  return (
    <>
      <div role="status" className="flex flex-col gap-1">
        <p className="font-semibold">{t('changes', { count: changedCount, all: attemptCount })}</p>
        <p className="text-sm text-muted">
          {t('raisedLowered', { raised: preview.raisedCount, lowered: preview.loweredCount })}{' '}
          {t('passing', { passed: preview.nowPassedCount, failed: preview.nowFailedCount })}
        </p>
      </div>
      {items.length > 0 ? (
        <ul
          aria-label={t('changesList')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
          tabIndex={0}
          className="flex max-h-72 flex-col overflow-y-auto rounded-control border border-line px-4"
        >
          {items.map(item => (
            <li
              key={item.submissionId}
              className="flex items-baseline justify-between gap-4 border-b border-line py-2 text-sm last:border-0"
            >
              <span className="min-w-0 break-words">
                {t('learnerAttempt', { name: nameOf(item.userId), number: item.attemptNumber })}
                {item.passedBefore === item.passedAfter ? null : (
                  <span className="block text-muted">{t(item.passedAfter ? 'nowPasses' : 'nowFails')}</span>
                )}
              </span>
              <span className="shrink-0 tabular-nums">
                {t('fromTo', { before: item.before, after: item.after })}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {changedCount > items.length ? (
        <p className="text-sm text-muted">{t('more', { count: changedCount - items.length })}</p>
      ) : null}
      {changedCount > 0 ? (
        <Checkbox isSelected={tell} onChange={setTell}>
          {t('tell')}
        </Checkbox>
      ) : null}
      <div className="flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
        <Button variant="secondary" onPress={onBack}>
          {t('back')}
        </Button>
        <Button
          onPress={() => onStart(preview.version, tell)}
          isPending={pending}
          isDisabled={attemptCount === 0}
        >
          {t('apply', { count: attemptCount })}
        </Button>
      </div>
    </>
  )
}
