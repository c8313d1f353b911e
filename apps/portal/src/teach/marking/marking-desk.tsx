'use client'
import { Button } from '@azora/ui/button.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { AnswerList } from './answer-list.tsx'
import { countsOf, leftByPlace, sampleable } from './counts.ts'
import type { Desk, DeskItem } from './desk.ts'
import { deskKey } from './desk-key.ts'
import { GoneNotice } from './gone-notice.tsx'
import { MarkForm } from './mark-form.tsx'
import { MarkingSettings } from './marking-settings.tsx'
import { inOrder, nextToMark, type Order } from './order.ts'
import { useMark } from './use-mark.ts'
import { useOpenElsewhere } from './use-open-elsewhere.ts'

/** Where the arrows have a meaning of their own. */
const fields = 'select, textarea, input:not([type="radio"], [type="checkbox"])'

/** Points are taken as their field is left: they count, too, where a key finishes the mark from within it. */
function takeTyped() {
  const field = document.activeElement
  if (!(field instanceof HTMLInputElement) || !field.matches(fields)) return
  field.blur()
  field.focus()
}

/** What learners are called, by their id; empty where names are hidden. */
type Names = Record<string, string>

type DeskProps = {
  desk: Desk
  names: Names
  /** The groups of each learner, by their id; empty where names are hidden. */
  groupsOf: Record<string, { id: string; name: string }[]>
  /** The group whose answers they are; null for those of all. */
  ofGroup: string | null
}

/** The answers of a quiz that a person marks, one after the other. */
export function MarkingDesk({ desk, names, groupsOf, ofGroup }: DeskProps) {
  const t = useTranslations('marking')
  const [items, setItems] = useState(desk.items)
  const [order, setOrder] = useState<Order>('question')
  const [currentId, setCurrentId] = useState<string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const questionIds = useMemo(() => desk.questions.map(({ id }) => id), [desk.questions])
  const ordered = useMemo(() => inOrder(items, questionIds, order), [items, questionIds, order])
  // A graded attempt is off the desk with all of its answers.
  const takeOff = (answerId: string) =>
    setItems(before => {
      const alias = before.find(({ id }) => id === answerId)?.alias
      return before.filter(item => item.alias !== alias)
    })
  const making = useMark((answerId, saved) => {
    if (saved.graded) return takeOff(answerId)
    setItems(before =>
      before.map(item =>
        item.id === answerId
          ? { ...item, state: saved.state, decided: saved.decided, markedByYou: true }
          : item,
      ),
    )
  }, takeOff)
  const { load, settle, finish, isShown } = making

  const show = useCallback(
    async (answerId: string | null) => {
      if (!(await settle())) return
      setCurrentId(answerId)
      await load(answerId)
      heading.current?.focus()
    },
    [load, settle],
  )

  // The first answer that waits, once; which that is changes with every mark.
  const first = useRef(nextToMark(ordered, null) ?? ordered[0]?.id ?? null)
  useEffect(() => {
    if (!first.current) return
    setCurrentId(first.current)
    void load(first.current)
  }, [load])

  const finishing = useRef(false)
  const done = useCallback(async () => {
    // What is done is what is on screen, once.
    if (finishing.current || !isShown(currentId)) return
    finishing.current = true
    const next = nextToMark(ordered, currentId)
    const saved = await finish()
    finishing.current = false
    if (!saved) return
    setCurrentId(next)
    await load(next)
    heading.current?.focus()
  }, [ordered, currentId, finish, load, isShown])

  const step = useCallback(
    (by: 1 | -1) => {
      const at = ordered.findIndex(({ id }) => id === currentId)
      const to = ordered[at + by]
      if (to) void show(to.id)
    },
    [ordered, currentId, show],
  )

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = deskKey(event, {
        inField: event.target instanceof Element && event.target.matches(fields),
        dialogOpen: document.querySelector('[role="dialog"], [role="alertdialog"]') !== null,
      })
      if (key === null) return
      if (key === 'done') {
        takeTyped()
        void done()
      } else step(key === 'next' ? 1 : -1)
      event.preventDefault()
      event.stopPropagation()
    }
    // Before the fields: a radio button keeps its keys to itself.
    addEventListener('keydown', press, { capture: true })
    return () => removeEventListener('keydown', press, { capture: true })
  }, [done, step])

  const nameOf = (item: DeskItem) =>
    item.userId
      ? (names[item.userId] ?? t('unknownLearner', { id: item.userId.slice(-6) }))
      : t('learner', { alias: item.alias })
  const at = ordered.findIndex(({ id }) => id === currentId)
  const current = ordered[at]
  const { answer } = making
  const elsewhere = useOpenElsewhere(currentId)
  const counts = countsOf(desk, items)
  const rest =
    nextToMark(items, null) !== null
      ? 'choose'
      : counts.beyond > 0
        ? 'listMarked'
        : counts.done < counts.count
          ? 'noneForYou'
          : 'allMarked'
  // The one that is shown comes first, as it is the one to be marked.
  const groupsNow = (current?.userId ? (groupsOf[current.userId] ?? []) : []).toSorted(
    (a, b) => Number(b.id === ofGroup) - Number(a.id === ofGroup),
  )
  const numbers = new Map(desk.questions.map(({ id, number }) => [id, number]))
  const questionOf = ({ questionId }: DeskItem) => {
    const number = numbers.get(questionId) ?? null
    return number === null ? t('removedQuestion') : t('question', { number })
  }
  return (
    <div className="flex flex-col gap-6">
      <MarkingSettings
        desk={desk}
        ready={counts.ready}
        sampleable={ofGroup ? 0 : sampleable(items)}
        settle={settle}
      />
      {making.gone ? <GoneNotice comment={making.gone.comment} onClose={making.forget} /> : null}
      {counts.beyond > 0 ? (
        <Notice>
          <p>{t('beyond', { shown: items.length, count: counts.count })}</p>
          <div className="mt-2">
            <Button
              size="small"
              variant="secondary"
              onPress={() => void settle().then(saved => saved && location.reload())}
            >
              {t('loadMore')}
            </Button>
          </div>
        </Notice>
      ) : null}
      {items.length === 0 && counts.beyond > 0 ? null : items.length === 0 ? (
        <EmptyState icon="check" title={t('allMarked')}>
          {t('allMarkedText')}
        </EmptyState>
      ) : (
        <div className="grid items-start gap-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
          <AnswerList
            items={ordered}
            progress={t('progress', { done: counts.done, count: counts.count })}
            left={leftByPlace(items)}
            questionOf={questionOf}
            currentId={currentId}
            elsewhere={elsewhere}
            order={order}
            onOrder={setOrder}
            nameOf={nameOf}
            onShow={id => void show(id)}
          />
          <section aria-labelledby="answer-shown" className="flex min-w-0 flex-col gap-4">
            <div className="flex flex-wrap items-center justify-between gap-3">
              <h2
                id="answer-shown"
                ref={heading}
                tabIndex={-1}
                className="min-w-0 text-lg font-bold break-words outline-none"
              >
                {current ? `${nameOf(current)} · ${questionOf(current)}` : t(rest)}
              </h2>
              <div className="flex gap-2">
                <Button size="small" variant="secondary" isDisabled={at <= 0} onPress={() => step(-1)}>
                  {t('previous')}
                </Button>
                <Button
                  size="small"
                  variant="secondary"
                  isDisabled={at < 0 || at >= ordered.length - 1}
                  onPress={() => step(1)}
                >
                  {t('next')}
                </Button>
              </div>
            </div>
            {current?.state === 'draft' && current.markedByYou === false ? (
              <Notice tone="warning">{t('others')}</Notice>
            ) : null}
            <div role="status">
              {current && elsewhere.has(current.id) ? (
                <Notice tone="warning">{t('openElsewhere')}</Notice>
              ) : null}
            </div>
            {making.fault ? (
              <Notice tone="error" live>
                <p>{making.fault}</p>
                {making.stale ? (
                  <div className="mt-2">
                    <Button size="small" variant="secondary" onPress={() => void load(currentId)}>
                      {t('reload')}
                    </Button>
                  </div>
                ) : null}
              </Notice>
            ) : null}
            {current && answer?.id === current.id ? (
              <MarkForm
                key={answer.id}
                answer={answer}
                making={making}
                names={names}
                groups={groupsNow}
                onDone={() => void done()}
              />
            ) : null}
          </section>
        </div>
      )}
    </div>
  )
}
