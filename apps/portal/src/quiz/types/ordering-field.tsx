'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { Html } from '../html.tsx'
import type { FieldProps } from './answer-field.ts'
import { plainText } from './plain-text.ts'

/** Things in a column, each with buttons that move it: by finger, mouse and keyboard alike. */
export function OrderingField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'ordering'>) {
  const t = useTranslations('quiz')
  const { items } = question.body
  const list = useRef<HTMLOListElement>(null)
  const [moved, setMoved] = useState<{ id: string; direction: 'up' | 'down'; place: number } | null>(null)
  const given = answers[question.id]
  const order = given?.length === items.length ? given : items.map(({ id }) => id)
  const contentOf = new Map(items.map(({ id, content }) => [id, content]))
  const move = (at: number, direction: 'up' | 'down') => {
    const to = direction === 'up' ? at - 1 : at + 1
    const next = [...order]
    const [id] = next.splice(at, 1) as [string]
    next.splice(to, 0, id)
    setMoved({ id, direction, place: to + 1 })
    onAnswer(question.id, next)
  }
  // The thing moved, and the keyboard with it; at an end of the list only the other button is left.
  useEffect(() => {
    if (!moved) return
    const row = list.current?.querySelector(`[data-item="${moved.id}"]`)
    const button =
      row?.querySelector<HTMLButtonElement>(`[data-move="${moved.direction}"]:not(:disabled)`) ??
      row?.querySelector<HTMLButtonElement>('button:not(:disabled)')
    button?.focus()
  }, [moved])
  return (
    <fieldset aria-labelledby={labelledBy} aria-describedby={describedBy} className="min-w-0">
      <ol ref={list} className="flex flex-col gap-2">
        {order.map((id, at) => {
          const content = contentOf.get(id) ?? ''
          const name = plainText(content) ?? String(at + 1)
          return (
            <li
              key={id}
              data-item={id}
              className="flex items-center gap-3 rounded-control border border-line bg-surface py-2 ps-4 pe-2"
            >
              <span className="w-6 shrink-0 font-semibold text-accent-ink tabular-nums">{at + 1}</span>
              <div className="min-w-0 flex-1">
                <Html html={content} />
              </div>
              <span className="flex shrink-0">
                <Button
                  variant="quiet"
                  size="small"
                  data-move="up"
                  aria-label={t('moveUp', { name })}
                  isDisabled={isDisabled || at === 0}
                  onPress={() => move(at, 'up')}
                >
                  <Icon name="up" />
                </Button>
                <Button
                  variant="quiet"
                  size="small"
                  data-move="down"
                  aria-label={t('moveDown', { name })}
                  isDisabled={isDisabled || at === order.length - 1}
                  onPress={() => move(at, 'down')}
                >
                  <Icon name="down" />
                </Button>
              </span>
            </li>
          )
        })}
      </ol>
      <p role="status" className="sr-only">
        {moved
          ? t('movedTo', { name: plainText(contentOf.get(moved.id) ?? '') ?? '', place: moved.place })
          : ''}
      </p>
    </fieldset>
  )
}
