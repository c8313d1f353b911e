import { inlineHtmlOf, typedText } from './typed-text.ts'

/** A line as it is being written. `key` is its id as well, once it is saved. */
export type Line = { key: string; text: string }

/** An id as parts have it: unique within the question, and short. */
export const newKey = () => crypto.randomUUID().slice(0, 8)
export const emptyLine = (): Line => ({ key: newKey(), text: '' })
export const isWritten = ({ text }: Line) => text.trim() !== ''
export const partOf = ({ key, text }: Line) => ({ id: key, content: inlineHtmlOf(text) })
export const lineOf = ({ id, content }: { id: string; content: string }): Line => ({
  key: id,
  text: typedText(content),
})

/** Choices that are written beside what they belong to: the same text twice is one choice. */
export function sharedChoices() {
  const choices = new Map<string, string>()
  return {
    /** The id of the choice with a text; `key` is what it is called where there is none yet. */
    idOf(text: string, key: string): string {
      const known = choices.get(text.trim())
      if (known) return known
      // One choice that was shared, and then got two texts.
      const free = [...choices.values()].includes(key) ? newKey() : key
      choices.set(text.trim(), free)
      return free
    },
    parts: () => [...choices].map(([text, key]) => partOf({ key, text })),
  }
}
