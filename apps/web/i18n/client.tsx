'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { type MessageTree, type Translator, translator } from './translator.ts'

const IntlContext = createContext<{ locale: string; messages: Partial<MessageTree> }>({
  locale: 'en',
  messages: {},
})

/** Hands messages to the components within, beside those handed over further up. */
export function IntlProvider({
  locale,
  messages,
  children,
}: {
  locale: string
  messages: Partial<MessageTree>
  children: ReactNode
}) {
  const above = useContext(IntlContext)
  const value = useMemo(
    () => ({ locale, messages: { ...above.messages, ...messages } }),
    [above, locale, messages],
  )
  return <IntlContext value={value}>{children}</IntlContext>
}

/** The hook by which an application's components get the texts of a namespace, typed by its English messages. */
export function createTranslations<M extends MessageTree>() {
  return function useTranslations<N extends keyof M & string>(namespace: N): Translator<M, N> {
    const { locale, messages } = useContext(IntlContext)
    return useMemo(() => translator(messages as Partial<M>, namespace, locale), [messages, namespace, locale])
  }
}

/** The language of the page. */
export const useLocale = () => useContext(IntlContext).locale
