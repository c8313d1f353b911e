import { randomUUID } from 'node:crypto'
import { admins, members, membersAs, nothing, type Row } from '../callers.ts'

const refused = [401, 403, 403, 403, 403, 403, 403, 403, 403]
const amount = { amountMinor: 10_000, currency: 'ZAR' }
const unknown = () => ({ institutionId: randomUUID() })
const terms = () => ({
  name: 'Vaal Dairies',
  legalName: 'Vaal Dairies (Pty) Ltd',
  address: ['7 Mill Road'],
  country: 'ZA',
  taxNumber: null,
  billingEmail: 'accounts@vaal.example',
  termsDays: 30,
  creditLimits: [],
  status: 'active',
})
const wanted = () => ({ ...unknown(), courseId: randomUUID(), seats: 10 })

/** No school has an institution here, nor invoices of one; the finance office may add one. */
export const institutionRows: Record<string, Row> = {
  'payments.listInstitutions': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.getInstitution': { expect: admins(404), auditor: 404, finance: 404, input: unknown },
  'payments.createInstitution': { expect: refused, finance: 201, input: terms },
  'payments.saveInstitution': {
    expect: refused,
    finance: 404,
    input: () => ({ ...unknown(), version: 1, ...terms() }),
  },
  'payments.addInstitutionManager': {
    expect: refused,
    finance: 404,
    input: () => ({ ...unknown(), email: 'sizwe@vaal.example' }),
  },
  'payments.removeInstitutionManager': {
    expect: refused,
    finance: 404,
    input: () => ({ ...unknown(), userId: randomUUID() }),
  },
  'payments.listOwnInstitutions': { expect: members, input: nothing },
  'payments.getOwnInstitution': { expect: membersAs(404), input: unknown },
  'payments.listOwnAccountOrders': { expect: membersAs(404), input: unknown },
  'payments.getSeatsQuote': { expect: membersAs(404), input: () => ({ ...wanted(), currency: 'ZAR' }) },
  'payments.orderSeats': { expect: membersAs(404), input: () => ({ ...wanted(), total: amount }) },
  'payments.listAccountOrders': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.recordInvoicePayment': {
    expect: refused,
    finance: 404,
    input: () => ({ invoiceId: randomUUID(), amount, paidOn: '2026-11-01', reference: 'FNB 1' }),
  },
  'payments.cancelAccountOrder': {
    expect: refused,
    finance: 404,
    input: () => ({ orderId: randomUUID(), note: 'By mistake' }),
  },
  'payments.getReceivables': { expect: admins(), auditor: 200, finance: 200, input: nothing },
  'payments.exportReceivables': { expect: admins(), auditor: 200, finance: 200, input: nothing },
}
