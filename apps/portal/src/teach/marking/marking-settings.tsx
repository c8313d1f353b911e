'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import type { Desk } from './desk.ts'
import type { Markers } from './markers-dialog.tsx'

const MarkersDialog = dynamic(() => import('./markers-dialog.tsx').then(module => module.MarkersDialog))

type MarkingSettingsProps = {
  desk: Desk
  /** How many attempts can be released. */
  ready: number
  /** How many attempts a sample can be drawn from. */
  sampleable: number
  /** Saves the mark that is being made; false where that failed. */
  settle: () => Promise<boolean>
}

/** Whether names are hidden, when learners get their result, and the release of what is marked. */
export function MarkingSettings({ desk, ready, sampleable, settle }: MarkingSettingsProps) {
  const t = useTranslations('marking')
  const common = useTranslations('common')
  const { quizId, anonymous, release } = desk
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  /** Then the page is read again: names come or go with the setting. */
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setFault(null)
    try {
      if (!(await settle())) return setBusy(false)
      await work()
      location.reload()
    } catch (failure) {
      setBusy(false)
      setFault(
        failure instanceof NotReleased
          ? t('notReleased', { count: failure.count })
          : faultText(failure, common('connectionLost')),
      )
    }
  }
  /** The service grades so many in one call. Those that fail are tried again with each. */
  const releaseAll = () =>
    run(async () => {
      for (;;) {
        const { releasedCount, failedCount, readyCount } = await call('assessment.releaseMarks', { quizId })
        if (releasedCount > 0 && readyCount > 0) continue
        if (failedCount > 0) throw new NotReleased(failedCount)
        return
      }
    })
  const set = (part: Partial<Pick<Desk, 'anonymous' | 'release'> & Markers>) =>
    run(() => call('assessment.setMarking', { quizId, anonymous, release, ...part }))
  return (
    <section aria-label={t('settings')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="w-full sm:w-96">
          <NativeSelect
            label={t('release')}
            value={release}
            disabled={busy}
            onChange={event =>
              void set({ release: event.target.value === 'together' ? 'together' : 'at_once' })
            }
            options={(['at_once', 'together'] as const).map(id => ({ id, label: t(`release_${id}`) }))}
          />
        </div>
        <div className="flex min-h-11 items-center">
          <Checkbox
            isSelected={anonymous}
            isDisabled={busy}
            onChange={hidden => void set({ anonymous: hidden })}
          >
            {t('anonymous')}
          </Checkbox>
        </div>
        <Button
          variant="secondary"
          isDisabled={busy}
          aria-label={t('markersNow', { markers: t(`markers_${desk.markers}`) })}
          onPress={() => setChoosing(true)}
        >
          {t(`markers_${desk.markers}`)}
        </Button>
        {desk.markers === 'moderated' && sampleable > 0 ? (
          <Button
            variant="secondary"
            isDisabled={busy}
            onPress={() => void run(() => call('assessment.drawSample', { quizId }))}
          >
            {t('drawSample', { count: sampleable })}
          </Button>
        ) : null}
        {ready > 0 ? (
          <Button onPress={() => setAsking(true)} isPending={busy}>
            {t('releaseNow', { count: ready })}
          </Button>
        ) : null}
      </div>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {choosing ? <MarkersDialog settings={desk} onSave={set} onClose={() => setChoosing(false)} /> : null}
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('releaseTitle')}
        confirmLabel={t('releaseNow', { count: ready })}
        cancelLabel={common('cancel')}
        onConfirm={releaseAll}
      >
        {t('releaseText')}
      </ConfirmDialog>
    </section>
  )
}

class NotReleased extends Error {
  readonly count: number
  constructor(count: number) {
    super('Results were not released.')
    this.count = count
  }
}
