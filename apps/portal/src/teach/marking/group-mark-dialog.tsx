'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'
import type { useMark } from './use-mark.ts'

type Item = OutputOf<'assessment.markGroup'>['items'][number]

type DialogProps = {
  answerId: string
  /** The groups of the learner whose answer it is. */
  groups: { id: string; name: string }[]
  /** What learners are called, by their id. */
  names: Record<string, string>
  making: ReturnType<typeof useMark>
  onClose: () => void
  onMarked: () => void
}

const isMarkable = ({ outcome }: Item) => outcome === 'marks' || outcome === 'replaces'

/** Gives the mark on screen to the answers of a whole group, once it was shown whose they are. */
export function GroupMarkDialog({ answerId, groups, names, making, onClose, onMarked }: DialogProps) {
  const t = useTranslations('marking')
  const common = useTranslations('common')
  const [groupId, setGroupId] = useState(groups[0]?.id ?? '')
  const [items, setItems] = useState<Item[] | null>(null)
  const { run, pending, fault } = useAction()
  const { levels, awarded, comment } = making.mark
  const turn = useRef(0)
  const give = useCallback(
    (apply: boolean, answers: { answerId: string; revision: number }[]) => {
      const mark = { levels, awarded, comment }
      return call('assessment.markGroup', { answerId, groupId, apply, answers, ...mark })
    },
    [answerId, groupId, levels, awarded, comment],
  )
  const { settle } = making
  const look = () =>
    run(async () => {
      const mine = ++turn.current
      setItems(null)
      // What is unsaved would be another revision by the time the mark is given.
      if (!(await settle())) return
      const { items: found } = await give(false, [])
      if (mine === turn.current) setItems(found)
    })
  const first = useRef(look)
  first.current = look
  useEffect(() => {
    void first.current()
  }, [groupId])
  const marked = (items ?? []).filter(isMarkable)
  const apply = () =>
    run(async () => {
      const answers = marked.flatMap(item =>
        item.answerId && item.revision !== null ? [{ answerId: item.answerId, revision: item.revision }] : [],
      )
      await give(true, answers)
      onMarked()
    })
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('wholeGroup')} closeLabel={common('close')}>
      <p className="text-sm text-muted">{t('wholeGroupText')}</p>
      {groups.length > 1 ? (
        <NativeSelect
          label={t('group')}
          value={groupId}
          onChange={event => setGroupId(event.target.value)}
          options={groups.map(({ id, name }) => ({ id, label: name }))}
        />
      ) : (
        <p className="font-semibold break-words">{groups[0]?.name}</p>
      )}
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {items ? (
        <ul aria-label={t('wholeGroup')} className="flex max-h-[45dvh] flex-col gap-2 overflow-y-auto">
          {items.map(item => (
            <li
              key={item.userId}
              className="flex flex-wrap items-center justify-between gap-2 rounded-control border border-line px-3 py-2"
            >
              <span className="min-w-0 break-words">
                {names[item.userId] ?? t('unknownLearner', { id: item.userId.slice(-6) })}
              </span>
              <Badge
                tone={item.outcome === 'marks' ? 'good' : item.outcome === 'replaces' ? 'amber' : 'neutral'}
              >
                {t(`outcome_${item.outcome}`)}
              </Badge>
            </li>
          ))}
        </ul>
      ) : fault ? null : (
        <Spinner />
      )}
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="secondary" onPress={onClose}>
          {common('cancel')}
        </Button>
        {fault ? (
          <Button variant="secondary" onPress={look} isDisabled={pending}>
            {t('lookAgain')}
          </Button>
        ) : null}
        <Button onPress={apply} isPending={pending && items !== null} isDisabled={marked.length === 0}>
          {t('giveToGroup', { count: marked.length })}
        </Button>
      </div>
    </Dialog>
  )
}
