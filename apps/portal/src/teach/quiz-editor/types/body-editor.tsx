'use client'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import dynamic from 'next/dynamic'
import type { QuestionDraft } from '../question-draft.ts'

const loading = () => <Skeleton className="h-24 w-full" />
const ShortText = dynamic(() => import('./short-text-editor.tsx').then(part => part.ShortTextEditor), {
  loading,
})
const Numeric = dynamic(() => import('./numeric-editor.tsx').then(part => part.NumericEditor), { loading })
const Matching = dynamic(() => import('./matching-editor.tsx').then(part => part.MatchingEditor), { loading })
const Categories = dynamic(() => import('./categories-editor.tsx').then(part => part.CategoriesEditor), {
  loading,
})
const Ordering = dynamic(() => import('./ordering-editor.tsx').then(part => part.OrderingEditor), { loading })
const Essay = dynamic(() => import('./essay-editor.tsx').then(part => part.EssayEditor), { loading })
const Upload = dynamic(() => import('./upload-editor.tsx').then(part => part.UploadEditor), { loading })
const Code = dynamic(() => import('./code/code-editor.tsx').then(part => part.CodeEditor), { loading })
const Cloze = dynamic(() => import('./cloze-editor.tsx').then(part => part.ClozeEditor), { loading })
const Item = dynamic(() => import('./item-editor.tsx').then(part => part.ItemEditor), { loading })
const Hotspot = dynamic(() => import('./hotspot-editor.tsx').then(part => part.HotspotEditor), { loading })
const Labelling = dynamic(() => import('./labelling-editor.tsx').then(part => part.LabellingEditor), {
  loading,
})
const Formula = dynamic(() => import('./formula-editor.tsx').then(part => part.FormulaEditor), { loading })

type BodyEditorProps = {
  question: QuestionDraft
  survey: boolean
  onChange: (part: Partial<QuestionDraft>) => void
}

/** What a type asks beside the text, each in its own editor, loaded when a quiz has such a question. */
export function BodyEditor({ question, survey, onChange }: BodyEditorProps) {
  const draft = question.body
  switch (draft?.type) {
    case 'short_text':
      return (
        <ShortText
          body={draft.body}
          survey={survey}
          onChange={body => onChange({ body: { ...draft, body } })}
        />
      )
    case 'numeric':
      return (
        <Numeric
          body={draft.body}
          survey={survey}
          onChange={body => onChange({ body: { ...draft, body } })}
        />
      )
    case 'matching':
      return (
        <Matching
          body={draft.body}
          survey={survey}
          onChange={body => onChange({ body: { ...draft, body } })}
        />
      )
    case 'categories':
      return (
        <Categories
          body={draft.body}
          survey={survey}
          onChange={body => onChange({ body: { ...draft, body } })}
        />
      )
    case 'ordering':
      return (
        <Ordering
          body={draft.body}
          survey={survey}
          onChange={body => onChange({ body: { ...draft, body } })}
        />
      )
    case 'essay':
      return (
        <Essay body={draft.body} survey={survey} onChange={body => onChange({ body: { ...draft, body } })} />
      )
    case 'upload':
      return (
        <Upload body={draft.body} survey={survey} onChange={body => onChange({ body: { ...draft, body } })} />
      )
    case 'code':
      return (
        <Code body={draft.body} survey={survey} onChange={body => onChange({ body: { ...draft, body } })} />
      )
    case 'cloze':
      return (
        <Cloze
          body={draft.body}
          survey={survey}
          content={question.content}
          onChange={body => onChange({ body: { ...draft, body } })}
          onContent={(content, body) => onChange({ content, body: { ...draft, body } })}
        />
      )
    case 'item':
      return <Item body={draft.body} />
    case 'hotspot':
      return (
        <Hotspot
          body={draft.body}
          survey={survey}
          onChange={body => onChange({ body: { ...draft, body } })}
        />
      )
    case 'labelling':
      return (
        <Labelling
          body={draft.body}
          survey={survey}
          onChange={body => onChange({ body: { ...draft, body } })}
        />
      )
    case 'formula':
      return (
        <Formula
          body={draft.body}
          survey={survey}
          onChange={body => onChange({ body: { ...draft, body } })}
        />
      )
    default:
      return null
  }
}
