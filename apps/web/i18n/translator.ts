import { formatMessage, type Values } from './format-message.ts'

/** Messages in one language: namespaces, each with its keys and texts. English is the measure of an application. */
export type MessageTree = Record<string, Record<string, string>>

export type Translator<M extends MessageTree, N extends keyof M> = (
  key: keyof M[N] & string,
  values?: Values,
) => string

/** A function from a key of the namespace to its text. */
export function translator<M extends MessageTree, N extends keyof M & string>(
  messages: Partial<M>,
  namespace: N,
  locale: string,
): Translator<M, N> {
  const own = messages[namespace]
  if (!own) throw new Error(`The messages of "${namespace}" were not handed to this page.`)
  return (key, values) => formatMessage(own[key] ?? key, values ?? {}, locale)
}
