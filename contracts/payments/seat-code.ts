/**
 * What opens a seat is typed from an email or read to somebody: Crockford's base 32, which leaves out the letters that are
 * taken for digits. Fifteen characters are drawn, 75 bits; the sixteenth checks them (Luhn, modulo 32), so a slip is found
 * where it is typed and is not taken for a guess.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 16

/** How characters count: each second one twice, and what is over 31 wraps, as in Luhn's rule for digits. */
function sumOf(code: string, doubledFirst: boolean): number {
  let sum = 0
  for (const [at, character] of [...code].reverse().entries()) {
    const value = alphabet.indexOf(character)
    const counted = (at % 2 === 0) === doubledFirst ? value * 2 : value
    sum += Math.floor(counted / 32) + (counted % 32)
  }
  return sum
}

/** A code of random characters. @param random a byte for each of the fifteen */
export function seatCodeOf(random: Uint8Array): string {
  const drawn = [...random.subarray(0, length - 1)].map(byte => alphabet[byte % 32]).join('')
  return drawn + alphabet[(32 - (sumOf(drawn, true) % 32)) % 32]
}

/** A typed code in the form in which it is compared, whatever it is. Idempotent. */
export const cleanSeatCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')

/** Whether a cleaned code can be one at all. */
export const isSeatCode = (code: string): boolean =>
  code.length === length &&
  [...code].every(character => alphabet.includes(character)) &&
  sumOf(code, false) % 32 === 0

/** As people read it, in fours. */
export const formatSeatCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')
