'use client'
import { createTranslations } from '@azora/web/i18n/client.tsx'
import type { Messages } from './translator.ts'

export { IntlProvider, useLocale } from '@azora/web/i18n/client.tsx'

/** The messages of one namespace, for a client component. A ClientMessages above must name the namespace. */
export const useTranslations = createTranslations<Messages>()
