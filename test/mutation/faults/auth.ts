import type { Fault } from '../fault.ts'

const sessions = 'services/auth/sessions/sessions.ts'
const sessionRows = 'services/auth/sessions/sessions.store.ts'
const reach = 'services/auth/people/reach.ts'
const members = 'services/auth/people/manage-members.ts'
const chain = 'services/auth/audit/verify-chain.ts'
const invitations = 'services/auth/invitations/invitations.store.ts'
const reset = 'services/auth/accounts/reset-password.ts'

export const authFaults: Fault[] = [
  {
    says: 'a spent refresh token works again',
    file: sessionRows,
    from: 'where id = ${step.id} and generation = ${step.generation}\n      and revoked_at is null',
    to: 'where id = ${step.id}\n      and revoked_at is null',
  },
  {
    says: 'a spent refresh token works for ever after',
    file: sessionRows,
    from: 'and rotated_at > clock_timestamp() - make_interval(secs => ${step.graceSeconds})',
    to: '',
  },
  {
    says: 'a spent refresh token that comes later ends nothing',
    file: sessions,
    from: '    const ended = await revokeSessions(tx, { id: sessionId })\n',
    to: '    const ended = 1\n',
  },
  {
    says: 'a session never ends',
    file: sessionRows,
    from: 'then least(${step.expiresAt}::timestamptz, created_at + make_interval(days => ${step.mostDays}))',
    to: 'then ${step.expiresAt}::timestamptz',
  },
  {
    says: 'an ended session is refreshed',
    file: sessionRows,
    from: 'where id = ${step.id} and generation = ${step.generation}\n      and revoked_at is null and expires_at > clock_timestamp()\n      and created_at',
    to: 'where id = ${step.id} and generation = ${step.generation}\n      and created_at',
  },
  {
    says: 'viewing as another outlasts its half hour',
    file: sessionRows,
    from: 'expires_at = case when impersonator_id is null',
    to: 'expires_at = case when true',
    tests: ['services/auth/impersonation/impersonation.test.ts'],
  },
  {
    says: 'viewing as another outlasts the session it was begun from',
    file: sessionRows,
    from: 'id = ${which.id ?? null} or impersonator_session_id = ${which.id ?? null})',
    to: 'id = ${which.id ?? null})',
    tests: ['services/auth/impersonation/impersonation.test.ts'],
  },
  {
    says: 'viewing as another counts as a proof of who one is',
    file: sessions,
    from: 'new Date(impersonator ? 0 : Date.now())',
    to: 'new Date(Date.now())',
    tests: ['services/auth/impersonation/impersonation.test.ts'],
  },
  {
    says: 'a school that asks for a second factor lends all rights without one',
    file: sessions,
    from: "return isMfaMissing(account) ? account.roles.filter(role => role === 'learner') : account.roles",
    to: 'return account.roles',
  },
  {
    says: 'a suspended member keeps their sessions',
    file: members,
    from: '  await revokeSessions(tx, { userId, organizationId })\n',
    to: '',
  },
  {
    says: 'a token that was made during a change of roles stays good',
    file: members,
    from: '  await makeTokensStale(db.across, userId)\n',
    to: '',
  },
  {
    says: 'somebody gives more than they have',
    file: reach,
    from: 'if (reachesNoFurther(wanted, held)) return\n',
    to: 'return\n',
  },
  {
    says: 'who lost the permission still manages',
    file: reach,
    from: "if (!may({ roles: held, offices }, permission)) throw new AppError('forbidden')",
    to: '',
  },
  {
    says: 'two administrators remove each other at once',
    file: reach,
    from: '  await lockOrganization(tx, organizationId)\n',
    to: '',
  },
  {
    says: 'invitations of who lost their rights stay open',
    file: reach,
    from: 'if (reachesNoFurther(roles, left) || !(await closeInvitation(',
    to: 'if (roles.length > 0 || !(await closeInvitation(',
  },
  {
    says: 'a school is left without an administrator',
    file: 'services/auth/people/held-member.ts',
    from: 'if (!lastAdmin) return',
    to: 'return',
  },
  {
    says: 'who is suspended counts as the administrator that is left',
    file: 'services/auth/people/held-member.ts',
    from: "row.active && row.roles.includes('admin')",
    to: "row.roles.includes('admin')",
  },
  {
    says: 'the reason of a suspension is in the audit log for ever',
    file: members,
    from: "await recordAudit(tx, 'auth', by, { action: 'person.suspended', subject: subject(userId) })",
    to: "await recordAudit(tx, 'auth', by, { action: 'person.suspended', subject: subject(userId), details: { reason } })",
  },
  {
    says: 'a code from an email may be guessed for ever',
    file: 'services/auth/accounts/registrations.store.ts',
    from: 'where id = ${id} and tries < ${mostTries} and expires_at > clock_timestamp()',
    to: 'where id = ${id} and expires_at > clock_timestamp()',
  },
  {
    says: 'a code from an email works when it is old',
    file: 'services/auth/accounts/registrations.store.ts',
    from: 'where id = ${id} and tries < ${mostTries} and expires_at > clock_timestamp()',
    to: 'where id = ${id} and tries < ${mostTries}',
  },
  {
    says: 'any code opens the account',
    file: 'services/auth/accounts/email-code.ts',
    from: 'return right.length === tried.length && timingSafeEqual(right, tried)',
    to: 'return right.length === tried.length',
  },
  {
    says: 'a school by invitation takes anyone',
    file: 'services/auth/accounts/register.ts',
    from: "if ((await selectRegistrationMode(db.across, organizationId)) !== 'open') {",
    to: 'if ((await selectRegistrationMode(db.across, organizationId)) === null) {',
  },
  {
    says: 'a new password leaves the sessions of a thief open',
    file: reset,
    from: '    await revokeSessions(tx, { userId })\n',
    to: '',
  },
  {
    says: 'a new password leaves a begun sign-in open',
    file: reset,
    from: '    await deleteChallengesOf(tx, userId)\n',
    to: '',
  },
  {
    says: 'a new password leaves a change of address under way',
    file: reset,
    from: '    await deleteEmailChangesOf(tx, userId)\n',
    to: '',
  },
  {
    says: 'a common password is taken',
    file: 'services/auth/accounts/password-rules.ts',
    from: 'if (isCommon || new Set(given).size < 4) {',
    to: 'if (new Set(given).size < 4) {',
  },
  {
    says: 'the own name is a password',
    file: 'services/auth/accounts/password-rules.ts',
    from: 'if (piecesOf(name).some(piece => squeezed.includes(piece)))',
    to: 'if (piecesOf(name).some(piece => squeezed === piece && piece === ""))',
  },
  {
    says: 'a code of an authenticator app works twice',
    file: 'services/auth/factors/totp.store.ts',
    from: 'and secret = ${key.secret} and last_step < ${key.step}`)',
    to: 'and secret = ${key.secret}`)',
  },
  {
    says: 'a recovery code works twice',
    file: 'services/auth/factors/recovery-codes.store.ts',
    from: 'where user_id = ${key.userId} and digest = ${key.digest} and used_at is null`)',
    to: 'where user_id = ${key.userId} and digest = ${key.digest}`)',
  },
  {
    says: 'a second factor may be guessed for ever',
    file: 'services/auth/factors/challenge.store.ts',
    from: 'where ${which} and tries < ${key.mostTries} and expires_at > clock_timestamp()',
    to: 'where ${which} and expires_at > clock_timestamp()',
  },
  {
    says: 'the challenge of a sign-in never ends',
    file: 'services/auth/factors/challenge.store.ts',
    from: 'where ${which} and tries < ${key.mostTries} and expires_at > clock_timestamp()',
    to: 'where ${which} and tries < ${key.mostTries}',
  },
  {
    says: 'codes of an hour ago are good',
    file: 'services/auth/factors/totp.ts',
    from: 'const window = 1\n',
    to: 'const window = 120\n',
  },
  {
    says: 'passwords may be guessed from one network without end',
    file: 'services/auth/sessions/throttle.ts',
    from: '  await spend(limiter, here)\n',
    to: '',
  },
  {
    says: 'guessers elsewhere keep the owner out',
    file: 'services/auth/sessions/throttle.ts',
    from: 'if (allowed || (await isExempt())) return',
    to: 'if (allowed) return',
  },
  {
    says: 'an invitation is accepted twice',
    file: invitations,
    from: 'and digest = ${key.digest} and accepted_at is null and revoked_at is null',
    to: 'and digest = ${key.digest} and revoked_at is null',
  },
  {
    says: 'a revoked invitation is accepted',
    file: invitations,
    from: 'where i.digest = ${digest} and i.accepted_at is null and i.revoked_at is null',
    to: 'where i.digest = ${digest} and i.accepted_at is null',
  },
  {
    says: 'an account is joined to a school without its password',
    file: 'services/auth/invitations/accept.ts',
    from: "if (!(await passwordFits(stored, given.password ?? ''))) {",
    to: 'if (given.password !== undefined && !(await passwordFits(stored, given.password))) {',
  },
  {
    says: 'an administrator views as an administrator',
    file: 'services/auth/impersonation/impersonate.ts',
    from: 'if (!mayBeLookedThrough(account)) {',
    to: 'if (account === null) {',
  },
  {
    says: 'viewing as another leaves no trail',
    file: 'services/auth/impersonation/impersonate.ts',
    from: "    await recordAudit(tx, 'auth', by, {\n      action: 'impersonation.started',",
    to: "    void (async (..._: unknown[]) => {})(tx, 'auth', by, {\n      action: 'impersonation.started',",
  },
  {
    says: 'a changed entry of the audit log is not noticed',
    file: chain,
    from: '    hashOf(entry) === entry.hash &&\n',
    to: '',
  },
  {
    says: 'a removed entry of the audit log is not noticed',
    file: chain,
    from: '    entry.previousHash === previousHash &&\n',
    to: '',
  },
  {
    says: 'a cut end of the audit log is not noticed',
    file: chain,
    from: 'if (entries !== (head?.sequence ?? 0)) return',
    to: 'if (false) return',
  },
  {
    says: 'an entry enters the audit log twice',
    file: 'services/auth/audit/append-entries.ts',
    from: '.filter(event => !known.has(event.id))',
    to: '',
  },
  {
    says: 'a revoked API key works',
    file: 'services/auth/keys/api-keys.ts',
    from: 'if (!proof || !proved || !proof.live)',
    to: 'if (!proof || !proved)',
  },
  {
    says: 'any secret is good for an API key',
    file: 'services/auth/keys/api-keys.ts',
    from: 'if (!proof || !proved || !proof.live)',
    to: 'if (!proof || !proof.live)',
  },
  {
    says: 'an API key is not narrowed by its scopes',
    file: 'services/auth/keys/api-keys.ts',
    from: "    kind: 'key',\n    scopes: proof.scopes,\n",
    to: "    kind: 'key',\n",
  },
]
