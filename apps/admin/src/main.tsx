import { ToastRegion } from '@azora/ui/toast.tsx'
import { IntlProvider } from '@azora/web/i18n/client.tsx'
import { SignedIn } from '@azora/web/session/signed-in.tsx'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { call } from './api.ts'
import { english } from './messages.ts'
import { router } from './router.tsx'
import './app.css'

const place = document.getElementById('app')
if (!place) throw new Error('index.html has no place for the application.')
createRoot(place).render(
  <StrictMode>
    <IntlProvider locale="en" messages={english}>
      <SignedIn call={call}>
        <ToastRegion>
          <RouterProvider router={router} />
        </ToastRegion>
      </SignedIn>
    </IntlProvider>
  </StrictMode>,
)
