'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { type Messages, type Namespace, type Translator, translator } from './translator.ts'

const IntlContext = createContext<{ locale: string; messages: Partial<Messages> }>({
  locale: 'en',
  messages: {},
})

/** Hands messages to the client components within, beside those handed over further up. */
export function IntlProvider({
  locale,
  messages,
  children,
}: {
  locale: string
  messages: Partial<Messages>
  children: ReactNode
}) {
  const above = useContext(IntlContext)
  const value = useMemo(
    () => ({ locale, messages: { ...above.messages, ...messages } }),
    [above, locale, messages],
  )
  return <IntlContext value={value}>{children}</IntlContext>
}

/** The messages of one namespace, for a client component. A ClientMessages above must name the namespace. */
export function useTranslations<N extends Namespace>(namespace: N): Translator<N> {
  const { locale, messages } = useContext(IntlContext)
  return useMemo(() => translator(messages, namespace, locale), [messages, namespace, locale])
}

/** The language of the page. */
export const useLocale = () => useContext(IntlContext).locale
