import type { factorOperations } from '@azora/contracts/auth/factors.ts'
import type { sessionOperations } from '@azora/contracts/auth/sessions.ts'
import { callerOf } from '@azora/kit/caller.ts'
import { refusal } from '@azora/kit/errors.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { confirmTotp, disableTotp, startTotp } from './authenticator-app.ts'
import { changeFactors } from './factor-change.ts'
import { finishPasskeySignIn, startPasskeySignIn } from './passkey-sign-in.ts'
import { addPasskey, removePasskey, renamePasskey, startPasskeyRegistration } from './passkeys.ts'
import { createRecoveryCodes } from './recovery-codes.ts'
import { createRelyingParty } from './relying-party.ts'
import { completeSignIn } from './second-factor.ts'
import { readSecurity } from './security.ts'
import { reauthenticate, startPasskeyCheck } from './step-up.ts'

type FactorHandlers = Omit<
  Handlers<typeof factorOperations>,
  'linkIdentity' | 'unlinkIdentity' | 'reauthenticateElsewhere'
> &
  Pick<
    Handlers<typeof sessionOperations>,
    'completeSignIn' | 'startPasskeySignIn' | 'finishPasskeySignIn' | 'reauthenticate' | 'startPasskeyCheck'
  >

/** Second factors and passkeys, and signing in and proving oneself by them. */
export function factorHandlers(
  {
    db,
    limiter,
    sealing,
    revocations,
    publicUrl,
  }: Pick<ServiceKit, 'db' | 'limiter' | 'sealing' | 'revocations' | 'publicUrl'>,
  issuer: Issuer,
  answers: Answers,
): FactorHandlers {
  const party = createRelyingParty(publicUrl)
  const by = (context: RequestContext) => ({ ...callerOf(context), school: context.school, revocations })

  return {
    getSecurity: (_input, context) => readSecurity(db, actorOf(context)),
    startTotp: (_input, context) => startTotp({ db, sealing }, actorOf(context)),
    async confirmTotp({ code }, context) {
      return { codes: await confirmTotp({ db, sealing }, by(context), code) }
    },
    async disableTotp(_input, context) {
      await disableTotp(db, by(context))
      return { ok: true as const }
    },
    async renewRecoveryCodes(_input, context) {
      const change = 'recovery_codes_renewed'
      const codes = await changeFactors(db, by(context), { change }, (tx, person) => {
        if (!person.mfaEnabled) throw refusal('second_factor_missing')
        return createRecoveryCodes(tx, actorOf(context).userId)
      })
      return { codes }
    },
    startPasskeyRegistration: (_input, context) => startPasskeyRegistration({ db, party }, actorOf(context)),
    addPasskey: (input, context) => addPasskey({ db, party }, by(context), input),
    renamePasskey: ({ passkeyId, name }, context) =>
      renamePasskey(db, { id: passkeyId, userId: actorOf(context).userId, name }),
    async removePasskey({ passkeyId }, context) {
      await removePasskey(db, by(context), passkeyId)
      return { ok: true as const }
    },
    async completeSignIn(input, context) {
      const signedIn = await completeSignIn({ db, issuer, limiter, sealing }, input, context)
      return answers.signedIn(signedIn, input.session, context)
    },
    startPasskeySignIn: ({ challenge }) => startPasskeySignIn({ db, party }, challenge ?? null),
    async finishPasskeySignIn(input, context) {
      const given = { ...input, school: input.school ?? context.school }
      const signedIn = await finishPasskeySignIn({ db, issuer, party }, given, context, context.school)
      return answers.signedIn(signedIn, input.session, context)
    },
    async reauthenticate(input, context) {
      const means = { db, issuer, limiter, sealing, party }
      return answers.signedIn(await reauthenticate(means, by(context), input), input.session, context)
    },
    startPasskeyCheck: (_input, context) => startPasskeyCheck({ db, party }, actorOf(context)),
  }
}
