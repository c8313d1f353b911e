import type { english } from './english.ts'
import { formatMessage, type Values } from './format-message.ts'

/** English is the measure: other languages are held to its keys. */
export type Messages = typeof english
export type Namespace = keyof Messages & string
export type Key<N extends Namespace> = keyof Messages[N] & string
export type Translator<N extends Namespace> = (key: Key<N>, values?: Values) => string

/** A function from a key of the namespace to its text. */
export function translator<N extends Namespace>(
  messages: Partial<Messages>,
  namespace: N,
  locale: string,
): Translator<N> {
  const own = messages[namespace] as Record<string, string> | undefined
  if (!own) throw new Error(`The messages of "${namespace}" were not handed to this page.`)
  return (key, values) => formatMessage(own[key] ?? key, values ?? {}, locale)
}
