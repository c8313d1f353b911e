import type { sessionOperations } from '@azora/contracts/auth/sessions.ts'
import { callerOf } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { refreshCookie } from '@azora/kit/session-cookies.ts'
import type { Answers } from '../answers.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { publishedKeys } from '../tokens/signing-keys.ts'
import { selectRevocations } from './revocations.store.ts'
import { endSession, refreshSession } from './sessions.ts'
import { signIn } from './sign-in.ts'

type SessionHandlers = Pick<
  Handlers<typeof sessionOperations>,
  'login' | 'refresh' | 'logout' | 'jwks' | 'revocations'
>

/** Signing in by password, staying signed in, signing out; what makes tokens believed or not. */
export function sessionHandlers(
  { db, limiter, revocations }: Pick<ServiceKit, 'db' | 'limiter' | 'revocations'>,
  issuer: Issuer,
  answers: Answers,
): SessionHandlers {
  return {
    async login(input, context) {
      const school = input.school ?? context.school
      const outcome = await signIn({ db, issuer, limiter }, { ...input, school }, context)
      return answers.outcome(outcome, input.session, context)
    },
    async refresh(input, context) {
      if (input.refreshToken) {
        return answers.signedIn(
          await refreshSession({ db, issuer, revocations }, input.refreshToken, context),
          'token',
          context,
        )
      }
      try {
        const held = context.cookie(refreshCookie)
        if (!held) throw new AppError('session_expired')
        return answers.signedIn(
          await refreshSession({ db, issuer, revocations }, held, context),
          'cookie',
          context,
        )
      } catch (failure) {
        if (failure instanceof AppError && failure.code === 'session_expired') answers.clearCookies(context)
        throw failure
      }
    },
    async logout(_input, context) {
      await endSession(db, callerOf(context))
      revocations.announce()
      answers.clearCookies(context)
      return { ok: true as const }
    },
    jwks: async () => ({ keys: (await publishedKeys(db)).keys as Record<string, unknown>[] }),
    async revocations({ after }) {
      const items = await selectRevocations(db.across, after)
      return { last: Math.max(after, items.at(-1)?.number ?? 0), items }
    },
  }
}
