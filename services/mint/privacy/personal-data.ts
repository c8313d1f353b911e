import type { PersonalData } from '@azora/kit/personal-data.ts'
import {
  selectAccountSalesOf,
  selectAccountsOf,
  selectBookingsOf,
  selectCourseSalesOf,
  selectSplitRulesOf,
  selectTransfersOf,
  selectWalletsOf,
  selectWalletTransactionsOf,
  updateOwnerErased,
} from './privacy.store.ts'

/** What the books know of a person: their accounts, what moved on them, and what they booked for the school. */
export const mintPersonalData: PersonalData = {
  gather: async (db, userId) => [
    { name: 'wallets.json', content: await selectWalletsOf(db, userId) },
    { name: 'wallet-transactions.json', content: await selectWalletTransactionsOf(db, userId) },
    { name: 'accounts.json', content: await selectAccountsOf(db, userId) },
    { name: 'transfers.json', content: await selectTransfersOf(db, userId) },
    { name: 'course-sales.json', content: await selectCourseSalesOf(db, userId) },
    { name: 'sales-on-account.json', content: await selectAccountSalesOf(db, userId) },
    { name: 'split-rules.json', content: await selectSplitRulesOf(db, userId) },
    { name: 'bookings.json', content: await selectBookingsOf(db, userId) },
  ],
  erase: updateOwnerErased,
}
