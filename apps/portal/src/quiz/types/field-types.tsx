'use client'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import dynamic from 'next/dynamic'
import type { ComponentType } from 'react'
import type { BodyType, FieldProps } from './answer-field.ts'

const loading = () => <Skeleton className="h-11 w-full" />

const Typed = dynamic(() => import('./typed-field.tsx').then(part => part.TypedField), { loading })

/** The field of each type of questions with a body (decision 0038). A new one is a file and a line here. */
const fields: { [T in BodyType]: ComponentType<FieldProps<T>> } = {
  short_text: props => <Typed {...props} />,
  numeric: props => <Typed {...props} />,
  matching: dynamic(() => import('./matching-field.tsx').then(part => part.MatchingField), { loading }),
  categories: dynamic(() => import('./categories-field.tsx').then(part => part.CategoriesField), { loading }),
  ordering: dynamic(() => import('./ordering-field.tsx').then(part => part.OrderingField), { loading }),
  cloze: dynamic(() => import('./cloze-field.tsx').then(part => part.ClozeField), { loading }),
  code: dynamic(() => import('./code/code-field.tsx').then(part => part.CodeField), { loading }),
  essay: dynamic(() => import('./essay-field.tsx').then(part => part.EssayField), { loading }),
  hotspot: dynamic(() => import('./hotspot-field.tsx').then(part => part.HotspotField), { loading }),
  labelling: dynamic(() => import('./labelling-field.tsx').then(part => part.LabellingField), { loading }),
  item: dynamic(() => import('./item-field.tsx').then(part => part.ItemField), { loading }),
  upload: dynamic(() => import('./upload/upload-field.tsx').then(part => part.UploadField), { loading }),
  formula: dynamic(() => import('./formula-field.tsx').then(part => part.FormulaField), { loading }),
}

/** Types whose field holds the text of the question as well. */
export const holdsText = (type: string) => type === 'cloze' || type === 'item'

/** The field of a question's own type; each is loaded when a quiz has such a question. */
export function AnswerField<T extends BodyType>(props: FieldProps<T>) {
  const Field = fields[props.question.type as T] as ComponentType<FieldProps<T>>
  return <Field {...props} />
}
