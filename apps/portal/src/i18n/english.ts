import web from '@azora/web/messages/en.json'
import account from '../../messages/en.account.json'
import code from '../../messages/en.code.json'
import gradebook from '../../messages/en.gradebook.json'
import imports from '../../messages/en.imports.json'
import institutions from '../../messages/en.institutions.json'
import portal from '../../messages/en.json'
import marking from '../../messages/en.marking.json'
import payments from '../../messages/en.payments.json'
import sales from '../../messages/en.sales.json'
import seats from '../../messages/en.seats.json'
import standards from '../../messages/en.standards.json'
import subscription from '../../messages/en.subscription.json'
import teaching from '../../messages/en.teaching.json'
import upload from '../../messages/en.upload.json'
import wallet from '../../messages/en.wallet.json'

/**
 * All English messages: those of the learner's side, of one's account, of teaching, of marking, of grades, of standards,
 * of prices, payments, seats, institutions and subscriptions, of programs, of files that are handed in, of what an import reports, and what the portal shows of the parts that all applications share.
 */
export const english = {
  ...portal,
  ...account,
  ...teaching,
  ...imports,
  ...marking,
  ...gradebook,
  ...institutions,
  ...standards,
  ...payments,
  ...wallet,
  ...sales,
  ...seats,
  ...subscription,
  ...code,
  ...upload,
  impersonation: web.impersonation,
  drafts: web.drafts,
  orderSeats: web.orderSeats,
}
