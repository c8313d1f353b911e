import { ToastRegion } from '@azora/ui/toast.tsx'
import { type ComponentProps, type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import type { Call } from './calls/caller.ts'
import { IntlProvider } from './i18n/client.tsx'
import { useOwnTranslations } from './i18n/own-messages.ts'
import { SignedIn } from './session/signed-in.tsx'

/**
 * Puts an application of its own, such as the admin panel, into its `index.html`: for those who are signed in, or
 * where it is open for visitors too.
 */
export function mount({
  call,
  messages,
  router,
  isOpen = false,
}: {
  call: Call<'auth.me' | 'auth.organization'>
  isOpen?: boolean
  messages: ComponentProps<typeof IntlProvider>['messages']
  router: ComponentProps<typeof RouterProvider>['router']
}): void {
  const place = document.getElementById('app')
  if (!place) throw new Error('index.html has no place for the application.')
  createRoot(place).render(
    <StrictMode>
      <IntlProvider locale="en" messages={messages}>
        <SignedIn call={call} isOpen={isOpen}>
          <Toasts>
            <RouterProvider router={router} />
          </Toasts>
        </SignedIn>
      </IntlProvider>
    </StrictMode>,
  )
}

function Toasts({ children }: { children: ReactNode }) {
  const t = useOwnTranslations('common')
  return <ToastRegion closeLabel={t('close')}>{children}</ToastRegion>
}
