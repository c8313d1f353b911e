import type { Failures } from '../failures.ts'

/** What auth refuses. */
export const authFailures = {
  codes: {
    wrong_credentials: { status: 401, message: 'The email address or password is wrong.' },
    code_rejected: { status: 401, message: 'This code is wrong or was already used.' },
    step_up_required: { status: 403, message: 'Confirm that it is you, then try again.' },
    impersonation_read_only: {
      status: 403,
      message:
        'You are viewing as another person, so nothing can be changed. Return to your own account first.',
    },
    account_suspended: {
      status: 403,
      message: 'This account is suspended. Ask an administrator of the school.',
    },
    last_way_in: {
      status: 409,
      message: 'This is the only way to sign in to this account. Add another one first.',
    },
    link_expired: {
      status: 410,
      message: 'This was already used or has expired. Ask for a new one.',
    },
  },
  reasons: {
    second_factor_expected: {
      code: 'wrong_credentials',
      message: 'This account uses two-step sign-in. Use your second factor.',
    },
    second_factor_instead: {
      code: 'conflict',
      message: 'This account uses two-step sign-in. Use your second factor.',
    },
    password_wrong: { code: 'wrong_credentials', message: 'The password is wrong.' },
    current_password_wrong: { code: 'wrong_credentials', message: 'The current password is wrong.' },
    passkey_rejected: { code: 'wrong_credentials', message: 'This passkey was not accepted.' },
    passkey_known: { code: 'conflict', message: 'This passkey is already added.' },
    second_factor_missing: {
      code: 'conflict',
      message: 'Recovery codes come with a second factor. Add one first.',
    },
    not_active: {
      code: 'conflict',
      message: 'This person is suspended, or their account is about to be deleted.',
    },
    not_viewable: {
      code: 'forbidden',
      message: 'You can only view as learners and instructors who hold no office.',
    },
    not_impersonating: { code: 'conflict', message: 'You are not viewing as another person.' },
    other_address: { code: 'conflict', message: 'Do this at {url}.' },
    school_unknown: { code: 'not_found', message: 'There is no school with this name here.' },
    last_admin: {
      code: 'conflict',
      message: 'A school needs an administrator. Make another person administrator first.',
    },
    last_admin_of: { code: 'conflict', message: 'Make another person administrator first, in: {schools}.' },
    invitation_needed: { code: 'forbidden', message: 'You need an invitation to join this school.' },
    person_is_member: { code: 'conflict', message: 'This person is already a member of the school.' },
    already_member: { code: 'conflict', message: 'You are already a member of this school. Sign in.' },
    invitation_closed: { code: 'conflict', message: 'This invitation was already accepted or revoked.' },
    invitation_accepted: {
      code: 'link_expired',
      message: 'This invitation has already been used. If you accepted it, sign in.',
    },
    invitation_revoked: {
      code: 'link_expired',
      message: 'The school has revoked this invitation. Ask the person who invited you for a new one.',
    },
    invitation_expired: {
      code: 'link_expired',
      message: 'This invitation has expired. Ask the person who invited you for a new one.',
    },
    invitation_replaced: {
      code: 'link_expired',
      message:
        'This link does not work. If you got more than one invitation, use the link in the newest email.',
    },
    account_exists: {
      code: 'conflict',
      message: 'This address now has an account. Accept the invitation with its password.',
    },
    serves_elsewhere: {
      code: 'forbidden',
      message: 'This person also serves another school or the installation. Ask the operator to do this.',
    },
    beyond_own_roles: { code: 'forbidden', message: 'You cannot give more rights than you have.' },
    own_office: { code: 'forbidden', message: 'Another administrator has to give you an office.' },
    oneself: { code: 'conflict', message: 'You cannot suspend yourself.' },
    api_keys_limit: { code: 'conflict', message: 'You can have at most {most} keys. Revoke one first.' },
  },
  fields: {
    password_common: 'This password is too common. Choose one that other people do not use.',
    password_contains_email: 'The password must not contain your email address.',
    password_contains_name: 'The password must not contain your name.',
    password_contains_school: 'The password must not be just the name of your school.',
    password_short: 'At least ten characters.',
    name_missing: 'Enter your name.',
    same_email: 'This is already your email address.',
    slug_taken: 'Another school of this installation already uses this short name.',
    slug_form: 'Use small letters, digits and hyphens.',
    six_digits: 'Six digits.',
    invalid_passkey: 'This passkey was not accepted. Try again.',
  },
} as const satisfies Failures
