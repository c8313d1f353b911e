import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { currencyCodes } from '@azora/contracts/money.ts'
import type { Caller } from '@azora/kit/caller.ts'
import { sql } from '@azora/kit/sql.ts'
import fc from 'fast-check'
import { codesOf, createLedger, type Ledger } from '../testing.ts'
import { getBooking } from '../transfers/journal.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { splitTransfers } from './book-split.ts'
import { split } from './split.ts'
import { createSplitRule, listSplitRules, splitRuleAt } from './split-rules.ts'

let ledger: Ledger
let caller: Caller
before(async () => {
  ledger = await createLedger()
  const { organizationId } = ledger
  const actor: Caller['actor'] = { userId: randomUUID(), organizationId, roles: [], sessionId: randomUUID() }
  caller = { actor, ip: '127.0.0.1', userAgent: 'test' }
})
after(() => ledger?.dispose())

const shares = { platform: 500, school: 3500, instructor: 6000 }
const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })

test('An amount is shared out to the cent: tax first, and what is left by the shares.', () => {
  // 115.00 with 15 % in it is 100.00 and 15.00.
  assert.deepEqual(split(zar(11_500), { taxBasisPoints: 1500, shares }), {
    tax: zar(1500),
    platform: zar(500),
    school: zar(3500),
    instructor: zar(6000),
  })
  // 0.99: tax 12.913, so 13; of 86 are 4.3, 30.1 and 51.6, so the one cent that is left goes to the instructor.
  assert.deepEqual(split(zar(99), { taxBasisPoints: 1500, shares }), {
    tax: zar(13),
    platform: zar(4),
    school: zar(30),
    instructor: zar(52),
  })
})

test('Whatever the amount and the rule, the parts add up to it and none has more than a unit beside its share.', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
      fc.constantFrom(...currencyCodes),
      fc.nat(10_000),
      fc.nat(10_000),
      fc.nat(10_000),
      (amountMinor, currency, taxBasisPoints, one, other) => {
        const [platform, upTo] = [Math.min(one, other), Math.max(one, other)]
        const terms = { platform, school: upTo - platform, instructor: 10_000 - upTo }
        const parts = split({ amountMinor, currency }, { taxBasisPoints, shares: terms })
        const sum = Object.values(parts).reduce((total, part) => total + part.amountMinor, 0)
        assert.equal(sum, amountMinor)
        const net = BigInt(amountMinor - parts.tax.amountMinor)
        for (const part of ['platform', 'school', 'instructor'] as const) {
          const off = BigInt(parts[part].amountMinor) * 10_000n - net * BigInt(terms[part])
          assert.ok(off < 10_000n && off > -10_000n, part)
        }
      },
    ),
  )
})

test('A rule has versions; the one that counts is that of the time, and none is changed afterwards.', async () => {
  const name = 'course_sale'
  assert.equal(await splitRuleAt(ledger.school, name), null)
  const first = await createSplitRule(ledger.kit.db, caller, { name, taxBasisPoints: 1500, shares })
  const later = new Date(Date.now() + 86_400_000).toISOString()
  const next = { platform: 1000, school: 3000, instructor: 6000 }
  const second = await createSplitRule(ledger.kit.db, caller, {
    name,
    taxBasisPoints: 0,
    shares: next,
    validFrom: later,
  })
  assert.deepEqual([first.version, second.version], [1, 2])
  assert.equal(
    await ledger.school.run(
      sql`select from outbox where organization_id = ${ledger.organizationId} and payload ->> 'action' = 'split_rule.created'`,
    ),
    2,
    'the audit log tells of both',
  )
  assert.equal((await splitRuleAt(ledger.school, name))?.version, 1)
  assert.equal((await splitRuleAt(ledger.school, name, later))?.version, 2)
  assert.deepEqual(
    (await listSplitRules(ledger.school, { name })).items.map(({ version }) => version),
    [2, 1],
  )
  await assert.rejects(
    ledger.school.run(
      sql`update split_rules set tax_basis_points = 1 where organization_id = ${ledger.organizationId}`,
    ),
    { code: '23001' },
  )
})

test('A version begins after the one before, and not in the past.', async () => {
  const name = 'bundle_sale'
  const at = (validFrom: string | undefined) =>
    createSplitRule(ledger.kit.db, caller, { name, taxBasisPoints: 0, shares, validFrom })
  const later = new Date(Date.now() + 86_400_000).toISOString()
  await at(later)
  await assert.rejects(at(later), { data: { reason: 'version_not_later', detail: 'version_not_later' } })
  await assert.rejects(at(undefined), { code: 'conflict' })
  assert.throws(() => at('2020-01-01T00:00:00Z'), { code: 'invalid_input' })
})

test('Versions that are made at once have numbers of their own, or one is told to choose a later time.', async () => {
  const name = 'seat_sale'
  const times = [1, 2, 3].map(day => new Date(Date.now() + day * 86_400_000).toISOString())
  const made = await Promise.allSettled(
    times.map(validFrom =>
      createSplitRule(ledger.kit.db, caller, { name, taxBasisPoints: 0, shares, validFrom }),
    ),
  )
  const versions = made.flatMap(one => (one.status === 'fulfilled' ? [one.value.version] : []))
  assert.deepEqual(
    versions.toSorted(),
    versions.map((_, at) => at + 1),
  )
  const { items } = await listSplitRules(ledger.school, { name })
  assert.deepEqual(
    items.map(({ validFrom }) => validFrom).toReversed(),
    items.map(({ validFrom }) => validFrom).toSorted(),
    'later versions begin later',
  )
})

test('A sale is one booking that keeps the version, and is booked once however often it is asked for.', async () => {
  const rule = await createSplitRule(ledger.kit.db, caller, { name: 'sale', taxBasisPoints: 1500, shares })
  const paidFromId = await ledger.open({
    kind: 'cash_at_processor',
    owner: { type: 'processor', id: 'stripe' },
  })
  const booking = { id: randomUUID(), kind: 'sale', reference: { type: 'payment', id: 'pi_1' } }
  const sell = () =>
    ledger.school.transaction(tx =>
      splitTransfers(tx, {
        booking,
        amount: zar(11_500),
        paidFromId,
        rule,
        instructorId: caller.actor.userId,
      }).then(booked => postTransfers(tx, booked)),
    )
  assert.deepEqual(codesOf(await sell()), ['created', 'created', 'created', 'created'])
  assert.deepEqual(new Set(codesOf(await sell())), new Set(['exists']))
  const found = await getBooking(ledger.school, booking.id)
  assert.deepEqual([found.booking.splitRuleId, found.booking.splitVersion], [rule.id, 1])
  assert.deepEqual(
    found.transfers.map(({ kind, amountMinor }) => [kind, amountMinor]),
    [
      ['tax', 1500],
      ['platform', 500],
      ['school', 3500],
      ['instructor', 6000],
    ],
  )
})
