import type { authFailures } from '@azora/contracts/auth/failures.ts'
import { invalidField } from '@azora/kit/errors.ts'
import { commonPasswords } from './common-passwords.ts'

// Shorter pieces occur in good passwords by chance.
const shortestPiece = 4
// What a password must bring beside the words of a school's name: that alone may be the name of half the town.
const shortestRest = 6
// Anyone who is at a page of ours has its name before their eyes.
const productWords = ['azoraos', 'azora']

/** Whose password it is to be: what someone who knows the person would try first. */
export type PasswordOwner = { email: string; name: string; schools: string[] }

const plain = (text: string) => text.normalize('NFKC').toLowerCase()
const emailsOf = (text: string) => plain(text).replace(/[^\p{L}\p{N}]/gu, '')
const piecesOf = (text: string) =>
  [emailsOf(text), ...text.split(/\s+/).map(emailsOf)].filter(piece => piece.length >= shortestPiece)

/** What is wrong with a new password beyond its length, or null (NIST SP 800-63B, 3.1.1.2). */
export async function passwordFault(
  password: string,
  { email, name, schools }: PasswordOwner,
): Promise<keyof typeof authFailures.fields | null> {
  const given = plain(password)
  const squeezed = emailsOf(password)
  const isCommon = (await commonPasswords()).has(given) || isLittleMoreThan(productWords, squeezed)
  if (isCommon || new Set(given).size < 4) {
    return 'password_common'
  }
  const local = emailsOf(email.split('@')[0] ?? '')
  if (local.length >= shortestPiece && squeezed.includes(local)) {
    return 'password_contains_email'
  }
  if (piecesOf(name).some(piece => squeezed.includes(piece))) {
    return 'password_contains_name'
  }
  if (schools.some(school => isLittleMoreThan(piecesOf(school), squeezed))) {
    return 'password_contains_school'
  }
  return null
}

function isLittleMoreThan(pieces: string[], squeezed: string): boolean {
  const rest = pieces.reduce((left, piece) => left.replaceAll(piece, ''), squeezed)
  return rest.length < squeezed.length && rest.length < shortestRest
}

/** @throws AppError `invalid_input` naming, at the field `path`, what is wrong with the password. */
export async function requireGoodPassword(
  password: string,
  owner: PasswordOwner,
  path = 'password',
): Promise<void> {
  const fault = await passwordFault(password, owner)
  if (fault) throw invalidField(path, fault)
}
