import type { Notes } from './notes.ts'

const id = 'Identifies the institution.'
const name: Notes[string] = ['What the institution is called.', 'Vaal Dairies']
const mayOrder: Notes[string] = ['Whether it may order: one that is closed may not.', 'active']
const orderId = 'Identifies the order on account.'
const stands: Notes[string] = ['Whether it is open, paid or cancelled.', 'open']
const total = 'What its invoice comes to, with tax.'
const tax = 'What of the total is tax.'
const open = 'What is still to be paid.'
const debts: Notes[string] = [
  'What it owes, once in each currency.',
  [{ amountMinor: 1_150_00, currency: 'ZAR' }],
]

/** The same fields of the operations that answer an institution. */
const ofInstitution: Notes = Object.fromEntries(
  [
    'institution',
    'createInstitution',
    'saveInstitution',
    'addInstitutionManager',
    'removeInstitutionManager',
    'ownInstitution',
  ].flatMap(noun => [
    [`${noun}.id`, id],
    [`${noun}.name`, name],
    [`${noun}.status`, mayOrder],
    [`${noun}.open`, debts],
    [`${noun}.version`, ['Counts what was changed in it.', 1]],
    [`${noun}.address`, ['Its address, a line each, without the country.', ['7 Mill Road', 'Parys 9585']]],
    [`${noun}.country`, ['Its country (ISO 3166-1).', 'ZA']],
    [`${noun}.taxNumber`, ['Its tax number; null where it has none.', '4111111111']],
  ]),
)

/** The same fields of the operations that answer an order on account. */
const ofOrder: Notes = Object.fromEntries(
  [
    'orderSeats',
    'recordInvoicePayment',
    'cancelAccountOrder',
    'accountOrder',
    'ownAccountOrder',
    'ownAccountOrder',
  ].flatMap(noun => [
    [`${noun}.id`, orderId],
    [`${noun}.status`, stands],
    [`${noun}.total`, total],
    [`${noun}.tax`, tax],
    [`${noun}.paid`, 'What has come for it.'],
    [`${noun}.open`, open],
    [`${noun}.payments`, 'What has come for it, one by one.'],
    [`${noun}.createdAt`, 'When it was ordered.'],
  ]),
)

/** What the events about an invoice on account say. */
const ofEvents: Notes = Object.fromEntries(
  ['invoice.issued_on_account', 'invoice.payment_recorded', 'invoice.cancelled', 'invoice.overdue'].flatMap(
    event => [
      [`${event}.orderId`, orderId],
      [`${event}.total`, total],
      [`${event}.tax`, tax],
      [`${event}.open`, open],
    ],
  ),
)

/** Fields of institutions and what they buy on account, and of the events about it. */
export const institutionNotes: Notes = {
  ...ofInstitution,
  ...ofOrder,
  ...ofEvents,
  institutionId: id,
  institution: 'Who has ordered.',
  'institution.id': id,
  'institution.name': name,
  'listInstitutions.search': ['What its name or legal name has in it.', 'dairies'],
  'listInstitutions.status': ['Those that may order, or those that are closed.', 'active'],
  'listAccountOrders.status': ['Those that stand so.', 'open'],
  legalName: ['What invoices say of it.', 'Vaal Dairies (Pty) Ltd'],
  billingEmail: ['Where its invoices and reminders go.', 'accounts@vaal.example'],
  termsDays: ['In how many days it has to pay an invoice.', 30],
  creditLimits: 'What it may owe at most, once in each currency; in another one, any amount.',
  managers: 'Who orders for it, invites people to its seats and sees its invoices.',
  'managers.name': ['What they were called when they were added.', 'Sizwe Nkosi'],
  addedAt: 'When they were added.',
  'addInstitutionManager.email': ['Of a member of the school.', 'sizwe@vaal.example'],
  'getSeatsQuote.price': 'What one seat costs.',
  'seatsQuote.price': 'What one seat costs.',
  'seatsQuote.total': 'What all seats come to, with tax.',
  creditNote: 'What took its invoice back; null unless it is cancelled.',
  'creditNote.id': 'Identifies the credit note.',
  'creditNote.number': ['The number of the credit note.', 'CN-000007'],
  creditLeft: 'What it may still order in this currency; null where there is no limit.',
  'orderSeats.total': 'What all seats come to, as the one who orders was shown.',
  invoice: 'The invoice that it is paid by.',
  'invoice.id': 'Identifies the invoice.',
  'payments.id': 'Identifies the payment.',
  'payments.amount': 'How much came.',
  method: ['How it came: to the bank, or by card.', 'transfer'],
  reference: ['What the bank statement says.', 'VAAL DAIRIES INV-000042'],
  'recordInvoicePayment.amount': 'How much came.',
  'recordInvoicePayment.paidOn': ['The day on which it came.', '2026-11-30'],
  orderedBy: 'Who ordered it; null where their account is gone.',
  'orderedBy.id': 'Identifies the person.',
  'orderedBy.name': ['Their name, as it was then.', 'Sizwe Nkosi'],
  cancelledAt: 'When it was cancelled; null while it is not.',
  'cancelAccountOrder.note': ['Why; it is kept in the audit log.', 'Ordered twice'],
  'getReceivables.on': ['The day up to which it is counted.', '2026-11-30'],
  'getReceivables.items': 'What is owed, by institution and currency.',
  'receivable.total': 'All that it owes.',
  notDue: 'What it owes and need not have paid yet.',
  late30: 'What is late by up to 30 days.',
  late60: 'What is late by 31 to 60 days.',
  late90: 'What is late by 61 to 90 days.',
  later: 'What is late by more than 90 days.',
  issuedAt: 'When the invoice was made.',
  recordedAt: 'When it was written down.',
  foundAt: 'When it was found to be late.',
}
