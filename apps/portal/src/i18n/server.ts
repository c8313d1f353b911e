import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { english } from './english.ts'
import { chooseLocale, type Locale, localeCookie, locales } from './locale.ts'
import { type Messages, type Namespace, type Translator, translator } from './translator.ts'

const messages: Record<Locale, Messages> = { en: english }

/** The language of this request: the person's choice, else the browser's. */
export const getLocale = cache(async (): Promise<Locale> => {
  const [jar, asked] = await Promise.all([cookies(), headers()])
  const chosen = locales.find(locale => locale === jar.get(localeCookie)?.value)
  return chosen ?? chooseLocale(asked.get('accept-language') ?? '')
})

/** The messages of one namespace, for a server component. */
export async function getTranslations<N extends Namespace>(namespace: N): Promise<Translator<N>> {
  const locale = await getLocale()
  return translator(messages[locale], namespace, locale)
}

/** The namespaces that a page's client components need; nothing else travels to the browser. */
export async function messagesFor(namespaces: Namespace[]): Promise<Partial<Messages>> {
  const locale = await getLocale()
  return Object.fromEntries(namespaces.map(name => [name, messages[locale][name]]))
}
