import type { FieldFault } from '@azora/contracts/errors.ts'
import { AppError } from '@azora/kit/errors.ts'
import { commonPasswords } from './common-passwords.ts'

// Shorter pieces occur in good passwords by chance.
const shortestPiece = 4

const plain = (text: string) => text.normalize('NFKC').toLowerCase()
const lettersOf = (text: string) => plain(text).replace(/[^\p{L}\p{N}]/gu, '')

/** What is wrong with a new password beyond its length, or null (NIST SP 800-63B, 3.1.1.2). */
export function passwordFault(
  password: string,
  { email, name }: { email: string; name: string },
): FieldFault | null {
  const fault = (code: string, message: string) => ({ path: 'password', code, message })
  const given = plain(password)
  if (commonPasswords.has(given) || new Set(given).size < 4) {
    return fault('password_common', 'Many people use this password, so it is among the first to be tried.')
  }
  const squeezed = lettersOf(password)
  const local = lettersOf(email.split('@')[0] ?? '')
  if (local.length >= shortestPiece && squeezed.includes(local)) {
    return fault('password_contains_email', 'The password must not contain your e-mail address.')
  }
  const pieces = [lettersOf(name), ...name.split(/\s+/).map(lettersOf)]
  if (pieces.some(piece => piece.length >= shortestPiece && squeezed.includes(piece))) {
    return fault('password_contains_name', 'The password must not contain your name.')
  }
  return null
}

/** @throws AppError `invalid_input` naming what is wrong with the password. */
export function requireGoodPassword(password: string, owner: { email: string; name: string }): void {
  const fault = passwordFault(password, owner)
  if (fault) throw new AppError('invalid_input', { fields: [fault] })
}
