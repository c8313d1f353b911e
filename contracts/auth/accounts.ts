import { z } from 'zod'
import { operation } from '../operation.ts'
import { done, line } from '../wire.ts'
import {
  account,
  codeSent,
  email,
  emailToken,
  membership,
  newPassword,
  organization,
  school,
  session,
  signedIn,
  sixDigits,
  tags,
} from './shapes.ts'

const providers = ['google', 'github', 'apple'] as const
export const provider = z.enum(providers)

/** One's own account: opening it, its password, its address. */
export const accountOperations = {
  organization: operation({
    method: 'GET',
    path: '/auth/organization',
    access: 'public',
    cache: { scope: 'public', maxAgeSeconds: 30 },
    tags,
    summary: 'The school at this address, or the one named by its slug.',
  })
    .input(z.object({ school }))
    .output(organization),
  signInOptions: operation({
    method: 'GET',
    path: '/auth/sign-in-options',
    access: 'public',
    tags,
    summary: 'The ways to sign in or sign up at this school.',
  })
    .input(z.object({ school }))
    .output(
      z.object({
        organization,
        registration: z.enum(['open', 'invitation']),
        providers: z.array(z.object({ id: provider, name: z.string(), standIn: z.boolean() })),
        /** Emails stay on this machine and are read at `/dev/mail`. */
        localMailbox: z.boolean(),
      }),
    ),
  register: operation({
    method: 'POST',
    path: '/auth/register',
    access: 'public',
    rateClass: 'sign_in',
    successStatus: 202,
    tags,
    summary: 'Ask for an account as a learner.',
    description:
      'A code is sent to the email address; `confirmRegistration` takes it. The answer is the same when the address already has an account; the email then says so.',
  })
    .input(z.object({ email, password: newPassword, name: line(120), school }))
    .output(codeSent),
  confirmRegistration: operation({
    method: 'POST',
    path: '/auth/register/confirm',
    access: 'public',
    rateClass: 'sign_in',
    successStatus: 201,
    tags,
    summary: 'Create the account with the code from the email, and sign in.',
    description: 'Five wrong codes end the registration: `link_expired`.',
  })
    .input(z.object({ id: z.uuid(), code: sixDigits, session }))
    .output(signedIn),
  forgotPassword: operation({
    method: 'POST',
    path: '/auth/password/forgot',
    access: 'public',
    rateClass: 'sign_in',
    successStatus: 202,
    tags,
    summary: 'Ask for an email with a link to set a new password.',
    description: 'The answer is the same for every address.',
  })
    .input(z.object({ email, school }))
    .output(done),
  resetPassword: operation({
    method: 'POST',
    path: '/auth/password/reset',
    access: 'public',
    rateClass: 'sign_in',
    tags,
    summary: 'Set a new password with the token from the email.',
    description:
      'The token works once, for half an hour. All sessions end. It does not sign in: the second factor is asked for as usual.',
  })
    .input(z.object({ token: emailToken, password: newPassword }))
    .output(done),
  changePassword: operation({
    method: 'POST',
    path: '/auth/password/change',
    access: 'member',
    rateClass: 'sign_in',
    interactive: true,
    tags,
    summary: 'Change the password, and end all other sessions.',
    description:
      'An account without a password sets its first one, after a recent sign-in (`step_up_required` otherwise).',
  })
    .input(z.object({ currentPassword: z.string().max(200).nullable(), newPassword }))
    .output(done),
  startEmailChange: operation({
    method: 'POST',
    path: '/auth/me/email',
    access: 'member',
    rateClass: 'sign_in',
    grants: true,
    successStatus: 202,
    tags,
    summary: 'Ask for another email address; a code is sent there.',
  })
    .input(z.object({ email }))
    .output(codeSent),
  confirmEmailChange: operation({
    method: 'POST',
    path: '/auth/me/email/confirm',
    access: 'member',
    rateClass: 'sign_in',
    grants: true,
    tags,
    summary: 'Confirm the new address with the code from the email. The old address is notified.',
  })
    .input(z.object({ id: z.uuid(), code: sixDigits }))
    .output(account),
  me: operation({
    method: 'GET',
    path: '/auth/me',
    access: 'member',
    tags,
    summary: 'Who is signed in.',
  }).output(
    account.extend({
      memberships: z.array(membership),
      /** The administrator who looks through this person's eyes, or null. */
      impersonatedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
      /** The school asks for a second factor and there is none: until then only a learner's rights are lent. */
      mfaEnrolmentRequired: z.boolean(),
    }),
  ),
  updateMe: operation({
    method: 'PATCH',
    path: '/auth/me',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Change your name.',
  })
    .input(z.object({ name: line(120) }))
    .output(account),
}
