import { translator as anyTranslator, type Translator as TranslatorOf } from '@azora/web/i18n/translator.ts'
import type { english } from './english.ts'

/** English is the measure: other languages are held to its keys. */
export type Messages = typeof english
export type Namespace = keyof Messages & string
export type Translator<N extends Namespace> = TranslatorOf<Messages, N>

/** A function from a key of the namespace to its text. */
export const translator = <N extends Namespace>(
  messages: Partial<Messages>,
  namespace: N,
  locale: string,
): Translator<N> => anyTranslator<Messages, N>(messages, namespace, locale)
