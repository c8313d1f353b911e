import { z } from 'zod'
import { operation } from '../operation.ts'
import { done, id, line, office, pageOf, paging, role, schoolRole, time } from '../wire.ts'
import { authFailures } from './failures.ts'
import {
  email,
  emailToken,
  organization,
  session,
  sessionRecord,
  signedIn,
  signInAnswer,
  tags,
} from './shapes.ts'

export const person = z.object({
  id,
  email: z.string(),
  name: z.string(),
  roles: z.array(role),
  /** What they hold beside their roles. */
  offices: z.array(office),
  status: z.enum(['active', 'suspended']),
  mfaEnabled: z.boolean(),
  createdAt: time,
  lastSeenAt: time.nullable(),
})

const invitation = z.object({
  id,
  email: z.string(),
  name: z.string().nullable(),
  roles: z.array(schoolRole),
  status: z.enum(['waiting', 'accepted', 'expired', 'revoked']),
  invitedBy: z.string().nullable(),
  createdAt: time,
  expiresAt: time,
})

const wantedRoles = z.array(schoolRole).min(1).max(4)
const ofPerson = z.object({ userId: id })
const peopleFilter = {
  q: z.string().max(120).optional(),
  role: schoolRole.optional(),
  office: office.optional(),
  status: z.enum(['active', 'suspended']).optional(),
}

/** The people of a school, as its administrators see them. */
export const peopleOperations = {
  listPeople: operation({
    method: 'GET',
    path: '/auth/people',
    access: 'people.read',
    tags,
    summary: 'The people of the school, newest first.',
  })
    .input(z.object({ ...peopleFilter, ...paging }))
    .output(pageOf(person)),
  getPerson: operation({
    method: 'GET',
    path: '/auth/people/{userId}',
    access: 'people.read',
    tags,
    summary: 'One person of the school, with their sessions in it and how they sign in.',
  })
    .input(ofPerson)
    .output(
      person.extend({
        /** Why they are barred; null when they are not. */
        suspendedReason: z.string().nullable(),
        sessions: z.array(sessionRecord),
        hasPassword: z.boolean(),
        passkeys: z.number().int(),
        identities: z.array(z.string()),
      }),
    ),
  setRoles: operation({
    method: 'PUT',
    path: '/auth/people/{userId}/roles',
    access: 'people.manage',
    grants: true,
    tags,
    summary: "Set a person's roles in the school; tokens in use are renewed with them within seconds.",
  })
    .input(z.object({ userId: id, roles: wantedRoles }))
    .output(person),
  suspendPerson: operation({
    method: 'POST',
    path: '/auth/people/{userId}/suspend',
    access: 'people.manage',
    tags,
    summary: 'Suspend a person from the school and end their sessions in it.',
  })
    .input(z.object({ userId: id, reason: line(300) }))
    .output(person),
  reinstatePerson: operation({
    method: 'POST',
    path: '/auth/people/{userId}/reinstate',
    access: 'people.manage',
    grants: true,
    tags,
    summary: 'End the suspension of a person.',
  })
    .input(ofPerson)
    .output(person),
  removePerson: operation({
    method: 'DELETE',
    path: '/auth/people/{userId}',
    access: 'people.manage',
    interactive: true,
    stepUp: true,
    tags,
    summary: 'End a membership of the school. The account itself stays.',
  })
    .input(ofPerson)
    .output(done),
  revokePersonSessions: operation({
    method: 'POST',
    path: '/auth/people/{userId}/sessions/revoke',
    access: 'people.support',
    tags,
    summary: 'End the sessions of a person in the school, one or all.',
  })
    .input(z.object({ userId: id, sessionId: id.optional() }))
    .output(z.object({ ended: z.number().int() })),
  sendPasswordReset: operation({
    method: 'POST',
    path: '/auth/people/{userId}/password-reset',
    access: 'people.support',
    tags,
    summary: 'Email a person a link to set a new password.',
  })
    .input(ofPerson)
    .output(done),
  resetFactors: operation({
    method: 'POST',
    path: '/auth/people/{userId}/reset-factors',
    access: 'people.manage',
    grants: true,
    tags,
    summary: 'Remove the second factors of a person who has lost them; they are told by email.',
  })
    .input(ofPerson)
    .output(person),
  impersonate: operation({
    method: 'POST',
    path: '/auth/people/{userId}/impersonate',
    access: 'people.impersonate',
    grants: true,
    tags,
    summary:
      'View the school as another person, read-only, for at most half an hour; written to the audit log.',
    description:
      'Not possible for administrators, auditors, operators and anyone who holds an office. The reason stays in the audit log for good: do not name a person in it.',
  })
    .input(z.object({ userId: id, reason: line(300), session }))
    .output(signedIn),
  endImpersonation: operation({
    method: 'POST',
    path: '/auth/impersonation/end',
    access: 'member',
    rateClass: 'sign_in',
    whileImpersonating: true,
    tags,
    summary: 'Stop viewing as another person.',
  })
    .input(z.object({ session }))
    .output(signedIn),
  invite: operation({
    method: 'POST',
    path: '/auth/invitations',
    access: 'people.manage',
    grants: true,
    successStatus: 201,
    tags,
    summary: 'Invite a person to the school by email.',
  })
    .input(z.object({ email, name: line(120).optional(), roles: wantedRoles }))
    .output(invitation),
  findMember: operation({
    method: 'GET',
    path: '/auth/members/by-email',
    access: 'internal',
    tags,
    summary: 'The member of the school with an email address, unless they are suspended or about to leave.',
  })
    .input(z.object({ email }))
    .output(z.object({ person: z.object({ id, name: z.string() }).nullable() })),
  getAddress: operation({
    method: 'GET',
    path: '/auth/members/{userId}/address',
    access: 'internal',
    tags,
    summary: 'Where to write to a member of a school, and in whose name.',
  })
    .input(z.object({ userId: id, organizationId: id }))
    .output(z.object({ name: z.string(), email: z.string(), school: z.string() })),
  listInvitations: operation({
    method: 'GET',
    path: '/auth/invitations',
    access: 'people.support',
    tags,
    summary: 'The invitations of the school, newest first.',
  })
    .input(z.object({ ...paging }))
    .output(pageOf(invitation)),
  resendInvitation: operation({
    method: 'POST',
    path: '/auth/invitations/{invitationId}/resend',
    access: 'people.support',
    grants: true,
    tags,
    summary: 'Send an invitation again, with a new link; the old one no longer works.',
    description:
      'It is open for another week. Where it offers more than you may give, it keeps its end and stays the invitation of who gave it.',
  })
    .input(z.object({ invitationId: id }))
    .output(invitation),
  revokeInvitation: operation({
    method: 'DELETE',
    path: '/auth/invitations/{invitationId}',
    access: 'people.manage',
    tags,
    summary: 'Revoke an invitation.',
  })
    .input(z.object({ invitationId: id }))
    .output(invitation),
  lookUpInvitation: operation({
    method: 'POST',
    path: '/auth/invitations/lookup',
    access: 'public',
    rateClass: 'sign_in',
    reads: true,
    tags,
    summary: 'What an invitation offers, for the holder of its token.',
  })
    .input(z.object({ token: emailToken }))
    .output(
      z.object({
        organization,
        email: z.string(),
        name: z.string().nullable(),
        roles: z.array(schoolRole),
        /** Whether the address has an account already, which then has to sign in to accept. */
        accountExists: z.boolean(),
      }),
    ),
  acceptInvitation: operation({
    method: 'POST',
    path: '/auth/invitations/accept',
    access: 'public',
    rateClass: 'sign_in',
    tags,
    summary: 'Accept an invitation.',
    description:
      'A new person gives name and password. An existing account gives its password (and is asked for its second factor), unless it is signed in already.',
  })
    .input(
      z.object({
        token: emailToken,
        name: line(120).optional(),
        password: z.string().max(200).optional(),
        session,
      }),
    )
    .output(signInAnswer),
}

const registration = z.enum(['open', 'invitation'])
const requireMfa = z.enum(['nobody', 'staff', 'everyone'])
const tiers = ['free', 'pro', 'enterprise'] as const
const tier = z.enum(tiers)

const settings = organization.extend({ registration, requireMfa, tier })
const organizationRow = settings.extend({ members: z.number().int(), createdAt: time })

/** Schools and their settings. */
export const organizationOperations = {
  getOrganizationSettings: operation({
    method: 'GET',
    path: '/auth/organization/settings',
    access: 'organization.manage',
    tags,
    summary: 'The settings of the school.',
  }).output(settings),
  saveOrganizationSettings: operation({
    method: 'PATCH',
    path: '/auth/organization/settings',
    access: 'organization.manage',
    grants: true,
    tags,
    summary: 'Change the settings of the school.',
  })
    .input(
      z.object({
        name: line(120).optional(),
        registration: registration.optional(),
        requireMfa: requireMfa.optional(),
      }),
    )
    .output(settings),
  listOrganizations: operation({
    method: 'GET',
    path: '/auth/organizations',
    access: 'installation.manage',
    tags,
    summary: 'The schools of this installation.',
  })
    .input(z.object({ q: z.string().max(120).optional(), ...paging }))
    .output(pageOf(organizationRow)),
  createOrganization: operation({
    method: 'POST',
    path: '/auth/organizations',
    access: 'installation.manage',
    grants: true,
    successStatus: 201,
    tags,
    summary: 'Create a school and invite its first administrator.',
  })
    .input(
      z.object({
        slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, authFailures.fields.slug_form),
        name: line(120),
        adminEmail: email,
      }),
    )
    .output(organizationRow),
  saveOrganization: operation({
    method: 'PATCH',
    path: '/auth/organizations/{organizationId}',
    access: 'installation.manage',
    grants: true,
    tags,
    summary: 'Change a school’s name or tier.',
  })
    .input(z.object({ organizationId: id, name: line(120).optional(), tier: tier.optional() }))
    .output(organizationRow),
}

export const peopleFiles = {
  exportPeople: operation({
    method: 'GET',
    path: '/auth/people.csv',
    access: 'people.read',
    raw: 'download',
    speech: { mediaType: 'text/csv' },
    tags,
    summary: 'The people of the school as CSV (RFC 4180).',
  })
    .input(z.object(peopleFilter))
    .output(z.unknown()),
}
