import { createTranslations, IntlProvider } from '@azora/web/i18n/client.tsx'
import type { ReactNode } from 'react'
import texts from '../../messages/en.guides.json'
import type { Guide } from './block.ts'

const useTexts = createTranslations<Record<keyof typeof texts, Record<string, string>>>()

/** Hands the guides' texts to what is within; they are loaded with the guides alone. */
export const GuideTexts = ({ children }: { children: ReactNode }) => (
  <IntlProvider locale="en" messages={texts}>
    {children}
  </IntlProvider>
)

/** The texts of a guide. */
export const useGuideTexts = (guide: Guide) => useTexts(guide.texts)
