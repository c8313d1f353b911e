import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { selectOptionalAccount } from '../accounts/accounts.store.ts'
import { countCode } from './code-throttle.ts'
import { beginAnew, type Change, changeFactors } from './factor-change.ts'
import {
  confirmPendingTotp,
  deleteTotp,
  selectOptionalPendingTotp,
  selectOptionalTotp,
  spendTotpStep,
  upsertPendingTotp,
} from './totp.store.ts'
import { newTotpSecret, totpStep, totpUri } from './totp.ts'

const sealContext = (userId: string) => `totp_factors.secret.${userId}`

/** Make a secret for someone's app. One that is in use stays so until a code of the new one was given. */
export async function startTotp(
  { db, sealing }: { db: Database; sealing: Sealing },
  actor: { userId: string; organizationId: string },
): Promise<{ secret: string; uri: string; qr: string }> {
  const account = await selectOptionalAccount(db.in(actor.organizationId), actor)
  if (!account) throw new AppError('unauthenticated')
  const secret = newTotpSecret()
  const sealed = sealing.seal(secret, sealContext(actor.userId))
  await upsertPendingTotp(db.across, { userId: actor.userId, secret: sealed })
  const uri = totpUri(secret, { issuer: account.organization.name, label: account.email })
  // Loaded when the first app is set up: few processes ever draw one.
  const { toString: drawQrCode } = await import('qrcode')
  return { secret, uri, qr: await drawQrCode(uri, { type: 'svg', errorCorrectionLevel: 'M' }) }
}

/**
 * Turn the app on, or the new one in place of the old, and end other sessions.
 * @returns recovery codes, in place of earlier ones.
 * @throws AppError `code_rejected`, also when there is no secret that waits for a code.
 */
export async function confirmTotp(
  { db, sealing }: { db: Database; sealing: Sealing },
  by: Change,
  code: string,
): Promise<string[]> {
  const { userId } = by.actor
  const pending = await selectOptionalPendingTotp(db.across, userId)
  const step = pending && totpStep(sealing.open(pending.secret, sealContext(userId)), code, Date.now())
  if (!pending || step === null) throw new AppError('code_rejected')
  return changeFactors(db, by, { change: 'totp_added' }, async tx => {
    if (!(await confirmPendingTotp(tx, { userId, secret: pending.secret, step }))) {
      throw new AppError('code_rejected')
    }
    return beginAnew(tx, by)
  })
}

/** @throws AppError `not_found` when there is none. */
export async function disableTotp(db: Database, by: Change): Promise<void> {
  await changeFactors(db, by, { change: 'totp_removed' }, async tx => {
    if (!(await deleteTotp(tx, by.actor.userId))) throw new AppError('not_found')
  })
}

/**
 * Whether this is a code of someone's app that was not used before; now it is (RFC 6238, 5.2).
 * @throws AppError `rate_limited`.
 */
export async function acceptTotp(
  { db, limiter, sealing }: { db: Database; limiter: Limiter; sealing: Sealing },
  userId: string,
  code: string,
  ip: string,
): Promise<boolean> {
  const takeBack = await countCode(limiter, { userId, ip })
  const held = await selectOptionalTotp(db.across, userId)
  const step = held && totpStep(sealing.open(held.secret, sealContext(userId)), code, Date.now())
  if (!held || step === null) return false
  if (!(await spendTotpStep(db.across, { userId, secret: held.secret, step }))) return false
  await takeBack()
  return true
}
