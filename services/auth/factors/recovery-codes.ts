import { createHmac, randomInt } from 'node:crypto'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { insertRecoveryCodes, spendRecoveryCodeDigest } from './recovery-codes.store.ts'

// Without 0 and o, 1, i and l, which look alike on paper.
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'
const groups = 6
const groupLength = 4
const count = 10

function newRecoveryCode(): string {
  const group = () => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}

/**
 * What is stored of a code. Twenty-four letters of 31 are 118 bits: nobody tries them all, so one round of a fast hash
 * keeps them as well as a slow one would, and checking costs no more than an index. Keyed by the person, so that
 * anyone who steals the table cannot try one guess on all rows at once.
 */
function recoveryCodeDigest(userId: string, code: string): string {
  const typed = code.toLowerCase().replace(/[^a-z0-9]/g, '')
  return createHmac('sha256', userId).update(typed).digest('base64url')
}

/** Ten new codes, in place of those there were. They are known in this moment only. */
export async function createRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: count }, newRecoveryCode)
  await insertRecoveryCodes(tx, { userId, digests: codes.map(code => recoveryCodeDigest(userId, code)) })
  return codes
}

/** Whether it is a code that was not used before; now it is. */
export function spendRecoveryCode(db: Queryable, userId: string, code: string): Promise<boolean> {
  return spendRecoveryCodeDigest(db, { userId, digest: recoveryCodeDigest(userId, code) })
}
