import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Role, schoolRoles } from '@azora/contracts/permissions.ts'
import { reachesNoFurther } from './oauth-clients.ts'

test('Nobody lends a program more than they have themselves.', () => {
  for (const role of schoolRoles) assert.ok(reachesNoFurther([role], ['admin']), role)
  const refused: [Role[], Role[]][] = [
    [['admin'], ['instructor']],
    [['auditor'], ['instructor']],
    [['instructor', 'auditor'], ['auditor']],
    [['operator'], ['admin']],
    [['admin'], []],
  ]
  for (const [wanted, held] of refused) assert.ok(!reachesNoFurther(wanted, held), `${wanted} of ${held}`)
})
