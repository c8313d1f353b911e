'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Learner } from './learner.ts'
import { PlannedGroups } from './planned-groups.tsx'
import { drawFairly, freeNames, randomGroups } from './random-groups.ts'
import type { CourseGroups } from './use-groups.ts'
import { usePlan } from './use-plan.ts'

type RandomProps = {
  groups: CourseGroups
  learners: Learner[]
  onClose: () => void
  onApplied: () => void
}

/** Puts learners who are in no group into new groups, drawn at random. The plan is shown first. */
export function RandomDialog({ groups, learners, onClose, onApplied }: RandomProps) {
  const t = useTranslations('groups')
  const common = useTranslations('common')
  const { plan, look, apply, pending, fault } = usePlan(groups.courseId, onApplied)
  const free = learners.filter(({ groupIds }) => groupIds.length === 0).map(({ userId }) => userId)
  const room = limits.groupsOfCourse - groups.items.length
  // Not more groups than a course may have.
  const least = Math.max(2, Math.ceil(free.length / Math.max(1, room)))
  const [size, setSize] = useState(Math.max(4, least))
  const draw = () => {
    const drawn = randomGroups(free, size, drawFairly)
    const taken = groups.items.map(({ name }) => name)
    const names = freeNames(drawn.length, taken, number => t('numbered', { number }))
    return look(drawn.map((userIds, at) => ({ name: names[at] ?? '', userIds })))
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('random')} closeLabel={common('close')}>
      <p className="text-sm text-muted">{t('randomText', { count: free.length })}</p>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <NumberField
        label={t('size')}
        description={t('sizeText')}
        minValue={least}
        maxValue={Math.max(100, least)}
        value={size}
        onChange={value => setSize(Number.isNaN(value) ? least : value)}
      />
      {plan ? <PlannedGroups plan={plan} learners={learners} /> : null}
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="secondary" onPress={onClose}>
          {common('cancel')}
        </Button>
        <Button
          variant={plan ? 'secondary' : 'primary'}
          onPress={draw}
          isDisabled={pending || free.length === 0}
        >
          {t(plan ? 'drawAgain' : 'draw')}
        </Button>
        {plan ? (
          <Button onPress={apply} isPending={pending}>
            {t('applyRandom', { count: plan.groups.length })}
          </Button>
        ) : null}
      </div>
    </Dialog>
  )
}
