'use client'
import { useTranslations } from '../../../i18n/client.tsx'
import { type CategoriesDraft, emptyItem } from '../body-draft.ts'
import { emptyLine } from '../lines.ts'
import { LabelledChoice, LabelledText } from './labelled.tsx'
import { AddRow, RemoveRow } from './row-buttons.tsx'
import { rowStyle } from './row-style.ts'

type Props = { body: CategoriesDraft; survey: boolean; onChange: (body: CategoriesDraft) => void }

/** Categories, and the items with the one that each belongs to. Of a survey nothing belongs anywhere. */
export function CategoriesEditor({ body, survey, onChange }: Props) {
  const t = useTranslations('quizEditor')
  const { categories, items } = body
  const change = (at: number, part: Partial<CategoriesDraft['items'][number]>) =>
    onChange({ ...body, items: items.map((item, i) => (i === at ? { ...item, ...part } : item)) })
  const options = [
    { id: '', label: t('chooseCategory') },
    ...categories.flatMap(({ key, text }) => (text.trim() ? [{ id: key, label: text }] : [])),
  ]
  return (
    <>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-sm font-semibold">{t('categories')}</legend>
        {categories.map((line, at) => (
          <div key={line.key} className={rowStyle}>
            <LabelledText
              label={t('category', { number: at + 1 })}
              value={line.text}
              onText={text => onChange({ ...body, categories: categories.with(at, { ...line, text }) })}
              className="min-w-44 flex-1"
            />
            {categories.length > 2 ? (
              <RemoveRow
                label={t('removeCategory', { number: at + 1 })}
                onPress={() =>
                  onChange({
                    categories: categories.toSpliced(at, 1),
                    items: items.map(item => (item.category === line.key ? { ...item, category: '' } : item)),
                  })
                }
              />
            ) : null}
          </div>
        ))}
        <AddRow
          label={t('addCategory')}
          onPress={() => onChange({ ...body, categories: [...categories, emptyLine()] })}
        />
      </fieldset>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-sm font-semibold">{t('categoryItems')}</legend>
        {items.map((item, at) => (
          <div key={item.key} className={rowStyle}>
            <LabelledText
              label={t('categoryItem', { number: at + 1 })}
              value={item.text}
              onText={text => change(at, { text })}
              className="min-w-44 flex-1"
            />
            {survey ? null : (
              <LabelledChoice
                label={t('belongsTo')}
                value={item.category}
                options={options}
                onChoose={category => change(at, { category })}
                className="min-w-44 flex-1"
              />
            )}
            {items.length > 1 ? (
              <RemoveRow
                label={t('removeItem', { number: at + 1 })}
                onPress={() => onChange({ ...body, items: items.toSpliced(at, 1) })}
              />
            ) : null}
          </div>
        ))}
        <AddRow label={t('addItem')} onPress={() => onChange({ ...body, items: [...items, emptyItem()] })} />
      </fieldset>
    </>
  )
}
