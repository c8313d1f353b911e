'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import type { Book } from '../book.ts'
import { NumberInput } from './number-input.tsx'
import { type Item, newItem, replaced, type Setup } from './setup-draft.ts'

type ItemListProps = {
  setup: Setup
  /** All quizzes of the course. */
  quizzes: Book['otherQuizzes']
  onSetup: (setup: Setup) => void
}

/** What is graded: the quizzes that count, and columns that are graded by hand. */
export function ItemList({ setup, quizzes, onSetup }: ItemListProps) {
  const t = useTranslations('gradebookSetup')
  const { items, categories } = setup
  const used = new Set(items.map(({ quizId }) => quizId))
  const others = quizzes.filter(({ id }) => !used.has(id))
  const [first] = categories
  const add = (item: Pick<Item, 'title'> & Partial<Item>) => {
    if (first) onSetup({ ...setup, items: [...items, newItem({ categoryId: first.id, ...item })] })
  }
  return (
    <div className="flex flex-col gap-4">
      <ol className="flex flex-col gap-4">
        {items.map((item, at) => {
          const change = (more: Partial<Item>) => onSetup({ ...setup, items: replaced(items, at, more) })
          return (
            <li
              key={item.id}
              className="rounded-card border border-line bg-surface p-4 shadow-card"
              aria-label={item.title}
            >
              <div className="grid gap-3 md:grid-cols-[minmax(0,2fr)_minmax(0,1.4fr)_minmax(0,0.8fr)]">
                {item.quizId ? (
                  <div className="flex min-w-0 flex-col items-start gap-1.5">
                    <Badge tone="accent">{t('quiz')}</Badge>
                    <p className="font-semibold wrap-anywhere">{item.title}</p>
                  </div>
                ) : (
                  <TextField
                    label={t('itemTitle')}
                    value={item.title}
                    maxLength={300}
                    onChange={title => change({ title })}
                  />
                )}
                <NativeSelect
                  label={t('inCategory')}
                  value={item.categoryId}
                  onChange={event => change({ categoryId: event.target.value })}
                  options={categories.map(({ id, name }) => ({ id, label: name }))}
                />
                <NumberInput
                  label={t('points')}
                  value={item.points}
                  onNumber={points => change({ points })}
                />
              </div>
              <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
                <Checkbox isSelected={item.extraCredit} onChange={extraCredit => change({ extraCredit })}>
                  {t('extra')}
                </Checkbox>
                <Checkbox isSelected={item.hidden} onChange={hidden => change({ hidden })}>
                  {t('hidden')}
                </Checkbox>
                <Button
                  variant="quiet"
                  className="ms-auto"
                  aria-label={t('removeItem', { title: item.title })}
                  onPress={() => onSetup({ ...setup, items: items.filter(({ id }) => id !== item.id) })}
                >
                  <Icon name="trash" />
                </Button>
              </div>
            </li>
          )
        })}
      </ol>
      <div>
        <Button
          variant="secondary"
          isDisabled={items.length >= 200}
          onPress={() => add({ title: t('newColumn') })}
        >
          <Icon name="plus" />
          {t('addColumn')}
        </Button>
      </div>
      {others.length > 0 ? (
        <section aria-label={t('otherQuizzes')} className="flex flex-col gap-2">
          <h3 className="font-semibold">{t('otherQuizzes')}</h3>
          <ul className="flex flex-wrap gap-2">
            {others.map(quiz => (
              <li key={quiz.id} className="max-w-full">
                <Button
                  variant="secondary"
                  size="small"
                  className="max-w-full"
                  // A quiz without points counts like one of a hundred.
                  onPress={() =>
                    add({ id: quiz.id, quizId: quiz.id, title: quiz.title, points: quiz.points || 100 })
                  }
                >
                  <Icon name="plus" />
                  <span className="truncate">{t('addQuiz', { title: quiz.title })}</span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
