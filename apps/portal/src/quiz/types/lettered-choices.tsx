import { Html } from '../html.tsx'
import { letterOf, plainText } from './plain-text.ts'

type Choices = { id: string; content: string }[]

/** Choices that are more than text, such as formulas and pictures, cannot stand in a list: there they are letters. */
const areLettered = (choices: Choices) => choices.some(({ content }) => plainText(content) === null)

/** The choices as they stand in a list. @returns what to call the one at a place */
export function namesOf(choices: Choices): (at: number) => string {
  const lettered = areLettered(choices)
  return at =>
    [lettered ? `${letterOf(at)}.` : null, plainText(choices[at]?.content ?? '')].filter(Boolean).join(' ')
}

/** The choices with their letters, where their names alone do not show them. */
export function LetteredChoices({ choices }: { choices: Choices }) {
  if (!areLettered(choices)) return null
  return (
    <ol className="grid gap-2 sm:grid-cols-2">
      {choices.map(({ id, content }, at) => (
        <li key={id} className="flex gap-3 rounded-control bg-sunken px-4 py-2.5">
          <span className="font-semibold text-accent-ink">{letterOf(at)}</span>
          <div className="min-w-0">
            <Html html={content} />
          </div>
        </li>
      ))}
    </ol>
  )
}
