import { defineTask, runs } from '@azora/kit/jobs.ts'
import { personalDataPart } from '@azora/kit/personal-data.ts'
import type { ServiceDefinition } from '@azora/kit/service.ts'
import { bookCancelledInvoice, bookInvoice } from './account-sales/book-invoice.ts'
import { bookInvoicePayment } from './account-sales/book-payment.ts'
import { sealJournals } from './chain/seal-journal.ts'
import { verifyLedger, verifyLedgers, verifyTask } from './chain/verify-ledger.ts'
import { courseSaleFileHandlers, courseSaleHandlers } from './course-sales/routes.ts'
import { ledgerFileHandlers } from './ledger-files/routes.ts'
import { mintPersonalData } from './privacy/personal-data.ts'
import { bookSubscription } from './recognition/book-subscription.ts'
import {
  bookBillDispute,
  bookBillRefund,
  closeBillDispute,
  reverseBillRefund,
} from './recognition/give-back-bill.ts'
import { recogniseRevenue } from './recognition/recognise.ts'
import { mintHandlers } from './routes.ts'
import { bookDispute, closeDispute } from './sales/book-dispute.ts'
import { bookRefund, reverseRefund } from './sales/book-refund.ts'
import { bookSale } from './sales/book-sale.ts'
import { expirePending } from './transfers/expire-pending.ts'
import { createWriter } from './transfers/writer.ts'
import { bookDeposit, bookDepositRefund } from './wallets/book-deposit.ts'
import { putDepositBack, takeDepositBack } from './wallets/deposit-taken-back.ts'
import { releaseReservation, takeReturned } from './wallets/reservations.ts'
import { walletFileHandlers, walletHandlers } from './wallets/routes.ts'

const expireTask = defineTask('mint.expire_pending', { cron: '* * * * *' })
const sealTask = defineTask('mint.seal_journals', { cron: '*/10 * * * *', priority: 'late' })
const recogniseTask = defineTask('mint.recognise_revenue', { cron: '12 1 * * *', priority: 'late' })
const verifyAllTask = defineTask('mint.verify_ledgers', { cron: '33 2 * * *', priority: 'late' })

/** The books of a school: accounts, transfers between them, and the proof that they add up. */
export const mint: ServiceDefinition = {
  name: 'mint',
  migrations: new URL('./migrations/', import.meta.url),
  hears: [
    'payment.processed',
    'refund.processed',
    'deposit.paid',
    'deposit.refunded',
    'wallet.released',
    'subscription.invoice_paid',
    'refund.failed',
    'dispute.opened',
    'dispute.closed',
    'subscription.refunded',
    'subscription.refund_failed',
    'subscription.dispute_opened',
    'subscription.dispute_closed',
    'deposit.taken_back',
    'deposit.came_back',
    'invoice.issued_on_account',
    'invoice.payment_recorded',
    'invoice.cancelled',
    'user.export_requested',
    'user.deleted',
  ],
  wire(kit) {
    const writer = createWriter(kit.db)
    const personalData = personalDataPart(kit, mintPersonalData)
    return {
      handlers: { ...mintHandlers(kit, writer), ...walletHandlers(kit), ...courseSaleHandlers(kit) },
      fileHandlers: {
        ...walletFileHandlers(kit),
        ...courseSaleFileHandlers(kit),
        ...ledgerFileHandlers(kit),
      },
      reactions: {
        'payment.processed': (tx, payment) => bookSale(tx, payment),
        'refund.processed': (tx, refund) => bookRefund(tx, refund),
        'deposit.paid': (tx, deposit) => bookDeposit(tx, deposit),
        'deposit.refunded': (tx, refund) => bookDepositRefund(tx, refund),
        'wallet.released': (tx, { reservationId, returned }) =>
          returned ? takeReturned(tx, reservationId) : releaseReservation(tx, reservationId),
        'refund.failed': async (tx, refund) => {
          if (refund.afterProcessed) await reverseRefund(tx, refund)
        },
        'dispute.opened': (tx, dispute) => bookDispute(tx, dispute),
        'dispute.closed': (tx, dispute) => closeDispute(tx, dispute),
        'subscription.invoice_paid': (tx, paid) => bookSubscription(tx, paid),
        'subscription.refunded': (tx, refund) => bookBillRefund(tx, refund),
        'subscription.refund_failed': (tx, refund) => reverseBillRefund(tx, refund),
        'subscription.dispute_opened': (tx, dispute) => bookBillDispute(tx, dispute),
        'subscription.dispute_closed': (tx, dispute) => closeBillDispute(tx, dispute),
        'deposit.taken_back': (tx, deposit) => takeDepositBack(tx, deposit),
        'deposit.came_back': (tx, deposit) => putDepositBack(tx, deposit),
        'invoice.issued_on_account': (tx, invoice) => bookInvoice(tx, invoice),
        'invoice.payment_recorded': (tx, paid) => bookInvoicePayment(tx, paid),
        'invoice.cancelled': (tx, cancelled) => bookCancelledInvoice(tx, cancelled),
        ...personalData.reactions,
      },
      jobs: [
        runs(expireTask, () => expirePending(kit.db)),
        runs(sealTask, () => sealJournals(kit.db)),
        runs(verifyAllTask, () => verifyLedgers(kit.db)),
        runs(recogniseTask, () => recogniseRevenue(kit.db)),
        runs(verifyTask, school => verifyLedger(kit.db, school)),
        ...personalData.jobs,
      ],
      begin: () => writer,
    }
  },
}
