import { ToastRegion } from '@azora/ui/toast.tsx'
import { type ComponentProps, type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import type { Call } from './calls/caller.ts'
import { IntlProvider } from './i18n/client.tsx'
import { useOwnTranslations } from './i18n/own-messages.ts'
import { SignedIn } from './session/signed-in.tsx'

/** Puts an application of its own, as the administration is one, into its `index.html`, for who is signed in. */
export function mount({
  call,
  messages,
  router,
}: {
  call: Call<'auth.me'>
  messages: ComponentProps<typeof IntlProvider>['messages']
  router: ComponentProps<typeof RouterProvider>['router']
}): void {
  const place = document.getElementById('app')
  if (!place) throw new Error('index.html has no place for the application.')
  createRoot(place).render(
    <StrictMode>
      <IntlProvider locale="en" messages={messages}>
        <SignedIn call={call}>
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
