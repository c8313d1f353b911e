'use client'
import type english from '../messages/en.json'
import { createTranslations } from './client.tsx'

/**
 * The texts of the components in this folder. An application hands `messages/en.json` to its IntlProvider together
 * with its own, or names the same keys in its own messages.
 */
export const useOwnTranslations = createTranslations<typeof english>()
