import type { ReactNode } from 'react'
import { IntlProvider } from './client.tsx'
import { getLocale, messagesFor } from './server.ts'
import type { Namespace } from './translator.ts'

/** Names the messages that the client components within need. */
export async function ClientMessages({ of, children }: { of: Namespace[]; children: ReactNode }) {
  const [locale, messages] = await Promise.all([getLocale(), messagesFor(of)])
  return (
    <IntlProvider locale={locale} messages={messages}>
      {children}
    </IntlProvider>
  )
}
