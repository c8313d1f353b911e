'use client'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import { NumberInput } from './number-input.tsx'
import { newCategory, replaced, type Setup, sumOfWeights, withoutCategory } from './setup-draft.ts'

type CategoryListProps = { setup: Setup; onSetup: (setup: Setup) => void }

/** The categories of a gradebook, with what each weighs and drops. */
export function CategoryList({ setup, onSetup }: CategoryListProps) {
  const t = useTranslations('gradebookSetup')
  const { categories } = setup
  const sum = sumOfWeights(setup)
  const byWeight = setup.calculation === 'weights'
  return (
    <div className="flex flex-col gap-4">
      <ol className="flex flex-col gap-4">
        {categories.map((category, at) => {
          const change = (more: Partial<typeof category>) =>
            onSetup({ ...setup, categories: replaced(categories, at, more) })
          return (
            <li
              key={category.id}
              className="rounded-card border border-line bg-surface p-4 shadow-card"
              aria-label={t('category', { number: at + 1 })}
            >
              <div className="grid grid-cols-2 gap-3 md:grid-cols-[minmax(0,2fr)_repeat(3,minmax(0,1fr))]">
                <div className="col-span-2 md:col-span-1">
                  <TextField
                    label={t('name')}
                    value={category.name}
                    maxLength={100}
                    onChange={name => change({ name })}
                  />
                </div>
                {byWeight ? (
                  <NumberInput
                    label={t('weight')}
                    value={category.weight}
                    onNumber={weight => change({ weight })}
                  />
                ) : null}
                <NumberInput
                  label={t('dropLowest')}
                  value={category.dropLowest}
                  whole
                  onNumber={dropLowest => change({ dropLowest })}
                />
                <NumberInput
                  label={t('dropHighest')}
                  value={category.dropHighest}
                  whole
                  onNumber={dropHighest => change({ dropHighest })}
                />
              </div>
              <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
                <Checkbox isSelected={category.extraCredit} onChange={extraCredit => change({ extraCredit })}>
                  {t('extra')}
                </Checkbox>
                <Button
                  variant="quiet"
                  aria-label={t('removeCategory', { name: category.name })}
                  isDisabled={categories.length === 1}
                  onPress={() => onSetup(withoutCategory(setup, category.id))}
                >
                  <Icon name="trash" />
                </Button>
              </div>
            </li>
          )
        })}
      </ol>
      {byWeight && sum !== 100 ? <p className="text-muted">{t('sum', { sum })}</p> : null}
      <div>
        <Button
          variant="secondary"
          isDisabled={categories.length >= 30}
          onPress={() => onSetup({ ...setup, categories: [...categories, newCategory(t('newCategory'))] })}
        >
          <Icon name="plus" />
          {t('addCategory')}
        </Button>
      </div>
    </div>
  )
}
