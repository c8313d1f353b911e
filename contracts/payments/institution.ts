import { z } from 'zod'
import { email } from '../auth/shapes.ts'
import { operation } from '../operation.ts'
import { id, line, pageOf, paging, time } from '../wire.ts'
import { positivePrice, price } from '../wire-money.ts'
import { tags } from './shapes.ts'
import { addressLines, country } from './tax.ts'

const terms = {
  name: line(150),
  /** What its invoices say of it. */
  legalName: line(150),
  address: addressLines,
  country,
  taxNumber: line(40).nullable(),
  /** Where its invoices and reminders go. */
  billingEmail: email,
  /** In how many days an invoice is to be paid. */
  termsDays: z.number().int().min(0).max(90),
  /** What may be open at most, once in each currency; in another one, any amount. */
  creditLimits: z.array(price).max(20),
  /** One that is closed orders nothing any more. */
  status: z.enum(['active', 'closed']),
}

const institution = z.object({
  id,
  ...terms,
  /** Counts what was changed. */
  version: z.number().int(),
  /** What is still to be paid, once in each currency. */
  open: z.array(positivePrice),
})

const manager = z.object({ userId: id, name: z.string(), addedAt: time })

const ofInstitution = { institutionId: id }

/** For those who order for it: what the finance office says of it is left out. */
const ownInstitution = institution.pick({
  id: true,
  name: true,
  legalName: true,
  billingEmail: true,
  termsDays: true,
  status: true,
  open: true,
})

/** With those who order for it, invite to its seats and see its invoices. */
const schoolInstitution = institution.extend({ managers: z.array(manager) })

/** What managers see of their institutions. */
export const ownInstitutionOperations = {
  listOwnInstitutions: operation({
    method: 'GET',
    path: '/payments/own-institutions',
    access: 'member',
    tags,
    summary: 'The institutions for which you order.',
  }).output(z.object({ items: z.array(z.object({ id, name: z.string() })) })),
  getOwnInstitution: operation({
    method: 'GET',
    path: '/payments/own-institutions/{institutionId}',
    access: 'member',
    tags,
    summary: 'An institution for which you order, with what it owes.',
  })
    .input(z.object(ofInstitution))
    .output(ownInstitution),
}

/** Institutions that buy on account, as the finance office keeps them. */
export const institutionOperations = {
  listInstitutions: operation({
    method: 'GET',
    path: '/payments/institutions',
    access: 'payments.read',
    tags,
    summary: 'The institutions that buy on account, the newest first.',
  })
    .input(
      z.object({
        status: z.enum(['active', 'closed']).optional(),
        /** What its name or legal name has in it. */
        search: z.string().trim().max(100).optional(),
        ...paging,
      }),
    )
    .output(pageOf(institution)),
  getInstitution: operation({
    method: 'GET',
    path: '/payments/institutions/{institutionId}',
    access: 'payments.read',
    tags,
    summary: 'An institution that buys on account, with its managers and what it owes.',
  })
    .input(z.object(ofInstitution))
    .output(schoolInstitution),
  createInstitution: operation({
    method: 'POST',
    path: '/payments/institutions',
    access: 'office:finance',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Let an institution buy on account.',
  })
    .input(z.object(terms))
    .output(schoolInstitution),
  saveInstitution: operation({
    method: 'PUT',
    path: '/payments/institutions/{institutionId}',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Change what is known of an institution. Invoices that were made stay as they are.',
    description: 'Refused as `conflict` where another person has saved since `version`.',
  })
    .input(z.object({ ...ofInstitution, version: z.number().int().min(1), ...terms }))
    .output(schoolInstitution),
  addInstitutionManager: operation({
    method: 'POST',
    path: '/payments/institutions/{institutionId}/managers',
    access: 'office:finance',
    grants: true,
    tags,
    successStatus: 201,
    summary:
      'Let a member of the school order for an institution, invite people to its seats and see its invoices.',
    description:
      'Repeating it changes nothing. Refused as `manager_unknown` for an email that no member has.',
  })
    .input(z.object({ ...ofInstitution, email }))
    .output(schoolInstitution),
  removeInstitutionManager: operation({
    method: 'DELETE',
    path: '/payments/institutions/{institutionId}/managers/{userId}',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Take an institution out of the hands of one of its managers. Repeating it changes nothing.',
  })
    .input(z.object({ ...ofInstitution, userId: id }))
    .output(schoolInstitution),
}
