import assert from 'node:assert/strict'
import { test } from 'node:test'
import { versions } from '@azora/contracts/contract.ts'
import { type Office, offices, openOffices } from '@azora/contracts/offices.ts'
import type { OperationMeta } from '@azora/contracts/operation.ts'
import { permissionsOf } from '@azora/contracts/permissions.ts'
import { rooms } from '@azora/contracts/rooms.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import messages from '../apps/admin/messages/en.json' with { type: 'json' }

/** The access rules of every operation and room that someone outside meets. */
const rules = [
  ...Object.values(versions).flatMap(({ contract, files }) =>
    [contract, files].flatMap(contracts =>
      Object.values(contracts as unknown as Record<string, Record<string, AnyContractProcedure>>).flatMap(
        procedures =>
          Object.values(procedures).map(
            procedure => (procedure['~orpc'].meta as unknown as OperationMeta).access,
          ),
      ),
    ),
  ),
  ...Object.values(rooms).map(room => room.access),
]

const opensSomething = (office: Office) => {
  const granted: readonly string[] = permissionsOf({ roles: [], offices: [office] })
  return rules.some(access => access === `office:${office}` || granted.includes(access))
}

test('An office can be given exactly when an operation or a room opens to it.', () => {
  assert.ok(rules.length > 150)
  assert.deepEqual(
    offices.filter(opensSomething),
    [...openOffices],
    'With its first door an office joins `openOffices` (contracts/offices.ts); without one it leaves.',
  )
})

test('The panel says of each office that can be given what it is called and what it opens.', () => {
  const texts: Record<string, string> = messages.offices
  for (const office of openOffices) {
    assert.ok(texts[office] && texts[`help_${office}`], `apps/admin/messages/en.json: offices.${office}`)
  }
})
