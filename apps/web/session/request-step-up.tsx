import { createRoot } from 'react-dom/client'
import type { Call } from '../calls/caller.ts'
import { IntlProvider } from '../i18n/client.tsx'
import english from '../messages/en.json'
import { StepUpDialog, type StepUpOperation } from './step-up-dialog.tsx'

/**
 * Opens the dialog in which someone proves who they are; true when they did. Made to be loaded when it is needed,
 * so it brings its texts and a React root of its own, and no page has to hold a place for it.
 */
export function requestStepUp(call: Call<StepUpOperation>): Promise<boolean> {
  const place = document.createElement('div')
  // A modal dialog of React Aria makes inert what appears outside of it, unless it is marked as lying above.
  place.dataset.reactAriaTopLayer = 'true'
  document.body.append(place)
  const root = createRoot(place)
  return new Promise<boolean>(resolve => {
    root.render(
      <IntlProvider locale={document.documentElement.lang || 'en'} messages={{ stepUp: english.stepUp }}>
        <StepUpDialog call={call} onEnd={resolve} />
      </IntlProvider>,
    )
  }).finally(() => {
    root.unmount()
    place.remove()
  })
}
