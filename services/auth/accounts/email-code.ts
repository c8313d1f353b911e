import { randomInt, timingSafeEqual } from 'node:crypto'
import type { Sealing } from '@azora/kit/sealing.ts'

/**
 * Six digits that go to a mailbox and come back. A million is soon tried, so what is stored is sealed under the
 * installation's secret rather than hashed: anyone who reads the table learns nothing, and an email that has to be
 * sent again brings the same code.
 */

/** How often one may be wrong about a code. */
export const mostCodeTries = 5

/** For how long a code from an email works. */
export const codeMinutes = 10
/** For how long a link with a token works, which nobody can guess. */
export const linkMinutes = 30

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
export const codeExpiry = () => inMinutes(codeMinutes)
export const linkExpiry = () => inMinutes(linkMinutes)

/** `place` names the row that the code belongs to; the code opens for no other. */
export function sealNewCode(sealing: Sealing, place: string): string {
  return sealing.seal(randomInt(1_000_000).toString().padStart(6, '0'), place)
}

/** Whether it is the code; one that was never written in an email fits nothing. */
export function codeFits(sealing: Sealing, sealed: string | null, place: string, given: string): boolean {
  const right = Buffer.from(sealed === null ? 'no code' : sealing.open(sealed, place))
  const tried = Buffer.from(given)
  return right.length === tried.length && timingSafeEqual(right, tried)
}
