import { createTranslations } from '@azora/web/i18n/client.tsx'
import shared from '@azora/web/messages/en.json'
import institutions from '../messages/en.institutions.json'
import own from '../messages/en.json'
import ledger from '../messages/en.ledger.json'
import revenue from '../messages/en.revenue.json'

/** All English messages: this application's, and those of the parts that all applications share. */
export const english = { ...shared, ...own, ...institutions, ...ledger, ...revenue }

/** The texts of a namespace. */
export const useTranslations = createTranslations<typeof english>()
