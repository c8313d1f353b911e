import { randomUUID } from 'node:crypto'
import { admins, authors, members, membersAs, nobody, nothing, type Row, type World } from '../callers.ts'
import { operationsRows } from './operations.ts'

/** Administrators, auditors and those who keep the books read them; a row is of our school. */
const readers = (foreign = 200) => ({ expect: admins(200, foreign), auditor: 200, finance: 200 })
/** Only those who keep the books write in them: an administrator may give the office and cannot exercise it. */
const officers = (status = 200) => ({
  expect: [401, 403, 403, 403, 403, 403, 403, 403, 403],
  finance: status,
})

const equity = { kind: 'equity', owner: { type: 'school', id: null }, currency: 'ZAR' } as const
const account = ({ people }: World) => people.finance.api.mint.openAccount(equity)
const unknownWallet = () => ({ walletId: randomUUID() })
const aMonth = { from: '2026-01-01', to: '2026-01-31' }
const aYearOfMonths = { from: '2026-01', to: '2026-12' }
const aYear = { from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' }

async function ofAccount(world: World) {
  return { accountId: (await account(world)).id }
}

async function transfer({ people }: World) {
  const api = people.finance.api.mint
  const debit = await api.openAccount({ ...equity, kind: 'cash_at_bank' })
  const credit = await api.openAccount(equity)
  const [id, bookingId] = [randomUUID(), randomUUID()]
  const kind = 'capital'
  const accounts = { debitAccountId: debit.id, creditAccountId: credit.id }
  await api.createTransfers({
    bookings: [{ id: bookingId, kind }],
    transfers: [{ id, kind, bookingId, phase: 'posted', amountMinor: 1, ...accounts }],
  })
  return { id, bookingId, accounts }
}

export const mintRows: Record<string, Row> = {
  'mint.listAccounts': { ...readers(), input: nothing },
  'mint.getAccount': { ...readers(404), input: ofAccount },
  'mint.getAccountStatement': {
    ...readers(404),
    input: async world => ({ ...(await ofAccount(world)), ...aYear }),
  },
  'mint.getTrialBalance': { ...readers(), input: nothing },
  'mint.exportTrialBalance': { ...readers(), input: nothing },
  'mint.exportTransfers': { ...readers(), input: nothing },
  'mint.exportAccountStatement': {
    ...readers(404),
    input: async world => ({ ...(await ofAccount(world)), ...aYear }),
  },
  'mint.openAccount': { ...officers(), input: () => equity },
  'mint.createTransfers': {
    ...officers(),
    input: async world => {
      const { accounts } = await transfer(world)
      return {
        transfers: [{ id: randomUUID(), kind: 'capital', phase: 'posted', amountMinor: 1, ...accounts }],
      }
    },
  },
  'mint.listTransfers': { ...readers(), input: nothing },
  'mint.getTransfer': {
    ...readers(404),
    input: async world => ({ transferId: (await transfer(world)).id }),
  },
  'mint.listSplitRules': { ...readers(), input: nothing },
  'mint.createSplitRule': {
    ...officers(201),
    input: () => ({
      name: `sale_${randomUUID().slice(0, 8)}`,
      shares: { platform: 500, school: 3500, instructor: 6000 },
    }),
  },
  'mint.getLedgerHealth': { ...readers(), input: nothing },
  'mint.getBooking': {
    ...readers(404),
    input: async world => ({ bookingId: (await transfer(world)).bookingId }),
  },
  'mint.listWallets': { expect: members, input: nothing },
  'mint.listWalletTransactions': { expect: membersAs(404), input: unknownWallet },
  'mint.getWalletStatement': { expect: membersAs(404), input: () => ({ ...unknownWallet(), ...aMonth }) },
  'mint.downloadWalletStatement': {
    expect: membersAs(404),
    input: () => ({ ...unknownWallet(), ...aMonth }),
  },
  'mint.exportWalletStatement': { expect: membersAs(404), input: () => ({ ...unknownWallet(), ...aMonth }) },
  'mint.sendFromWallet': {
    expect: membersAs(404),
    input: () => ({ ...unknownWallet(), to: 'a.friend@school.example', amountMinor: 100 }),
  },
  'mint.getWalletSettings': { ...readers(), input: nothing },
  'mint.saveWalletSettings': { ...officers(), input: () => ({ senders: 'nobody', limits: [] }) },
  'mint.listCourseSales': { expect: authors(), input: () => aYearOfMonths },
  'mint.listSchoolSales': { ...readers(), input: () => aYearOfMonths },
  'mint.exportSchoolSales': { ...readers(), input: () => aYearOfMonths },
  'mint.exportCourseSales': { expect: authors(), input: () => aYearOfMonths },
  'mint.findProcessorCash': {
    expect: nobody,
    input: () => ({ organizationId: randomUUID(), paymentIds: [] }),
  },
  'mint.reserveFromWallet': {
    expect: nobody,
    input: () => ({
      reservationId: randomUUID(),
      userId: randomUUID(),
      amount: { amountMinor: 1, currency: 'ZAR' },
      sandbox: true,
      purpose: 'purchase',
    }),
  },
  ...operationsRows('mint'),
}
