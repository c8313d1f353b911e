'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { leftByPlace } from './counts.ts'
import type { DeskItem } from './desk.ts'
import type { Order } from './order.ts'

type AnswerListProps = {
  items: DeskItem[]
  /** How far one is, in words. */
  progress: string
  left: ReturnType<typeof leftByPlace>
  questionOf: (item: DeskItem) => string
  currentId: string | null
  /** Those that other markers have open. */
  elsewhere: ReadonlySet<string>
  order: Order
  onOrder: (order: Order) => void
  nameOf: (item: DeskItem) => string
  onShow: (id: string) => void
}

const tones = { waiting: 'neutral', draft: 'amber', marked: 'good' } as const

/** The answers on the desk, by question or by learner; beside the answer where there is room. */
export function AnswerList({
  items,
  progress,
  left,
  questionOf,
  currentId,
  elsewhere,
  order,
  onOrder,
  nameOf,
  onShow,
}: AnswerListProps) {
  const t = useTranslations('marking')
  return (
    <nav aria-label={t('answers')} className="flex min-w-0 flex-col gap-3">
      <NativeSelect
        label={t('order')}
        value={order}
        onChange={event => onOrder(event.target.value === 'learner' ? 'learner' : 'question')}
        options={[
          { id: 'question', label: t('byQuestion') },
          { id: 'learner', label: t('byLearner') },
        ]}
      />
      <p className="text-sm text-muted tabular-nums">{progress}</p>
      {left.length > 0 ? (
        <ul aria-label={t('leftForYou')} className="flex flex-wrap gap-2">
          {left.map(({ place, count }) => (
            <li key={place}>
              <Badge tone={place === 'decision' ? 'amber' : 'neutral'}>{t(`left_${place}`, { count })}</Badge>
            </li>
          ))}
        </ul>
      ) : null}
      <ul className="flex max-h-48 flex-col gap-1 overflow-y-auto rounded-control border border-line p-1 lg:max-h-[60dvh]">
        {items.map(item => {
          const isCurrent = item.id === currentId
          return (
            <li key={item.id}>
              <button
                type="button"
                aria-current={isCurrent ? 'true' : undefined}
                onClick={() => onShow(item.id)}
                className={`flex min-h-11 w-full items-center justify-between gap-2 rounded-control px-3 py-1.5 text-start text-sm ${isCurrent ? 'bg-accent-soft font-semibold text-accent-ink' : 'hover:bg-sunken'}`}
              >
                <span className="min-w-0 break-words">
                  {nameOf(item)}
                  <span className="block text-xs font-normal">{questionOf(item)}</span>
                  {item.place ? (
                    <span className="block text-xs font-normal">
                      {t(item.state === 'marked' && !item.decided ? 'waitsForOthers' : `place_${item.place}`)}
                    </span>
                  ) : null}
                  {elsewhere.has(item.id) ? (
                    <span className="block text-xs font-normal text-amber-ink">
                      {t('openElsewhereShort')}
                    </span>
                  ) : null}
                </span>
                <Badge tone={tones[item.state]}>{t(`state_${item.state}`)}</Badge>
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
