import type guideTexts from '../../messages/en.guides.json'
import type { Language } from '../code/highlight.ts'

type Texts = typeof guideTexts

/** Code of a guide; `title` is the key of what it is. */
type CodePart = { title: string; language: Language; code: string }

/** A paragraph by the key of its text, a heading (`# key`), a list (`- first second`), or code. */
export type Block = string | CodePart

export type Guide = {
  /** The last part of its address. */
  slug: string
  /** The namespace of its texts; each has `title` and `summary`. */
  texts: keyof Texts
  /** What it says, with this installation's address in its examples. */
  blocks: (origin: string) => Block[]
  /** Ends with the events and their bodies. */
  listsEvents?: true
}
