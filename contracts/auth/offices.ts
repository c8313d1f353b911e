import { z } from 'zod'
import { openOffices } from '../offices.ts'
import { operation } from '../operation.ts'
import { id, office, pageOf, paging, time } from '../wire.ts'
import { person } from './people.ts'
import { tags } from './shapes.ts'

const known = z.object({ id, name: z.string() })

const officeHeld = z.object({
  id,
  office,
  person: known,
  givenBy: known.nullable(),
  createdAt: time,
  endedBy: known.nullable(),
  endedAt: time.nullable(),
})

/** What members of a school hold beside their roles: see contracts/offices.ts. */
export const officeOperations = {
  listOffices: operation({
    method: 'GET',
    path: '/auth/offices',
    access: 'audit.read',
    tags,
    summary: 'Who held which office when, the latest first.',
  })
    .input(
      z.object({
        office: office.optional(),
        userId: id.optional(),
        held: z.enum(['now', 'ever']).default('ever'),
        ...paging,
      }),
    )
    .output(pageOf(officeHeld)),
  giveOffice: operation({
    method: 'PUT',
    path: '/auth/people/{userId}/offices/{office}',
    access: 'people.manage',
    grants: true,
    tags,
    summary: 'Give a person an office beside their roles. You cannot give one to yourself.',
  })
    .input(z.object({ userId: id, office: z.enum(openOffices) }))
    .output(person),
  endOffice: operation({
    method: 'DELETE',
    path: '/auth/people/{userId}/offices/{office}',
    access: 'people.manage',
    interactive: true,
    stepUp: true,
    tags,
    summary: 'Take an office away from a person; its power ends within seconds.',
  })
    .input(z.object({ userId: id, office }))
    .output(person),
}
