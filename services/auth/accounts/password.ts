import { type Algorithm, hash, verify } from '@node-rs/argon2'

/**
 * Passwords under argon2id with the parameters of the OWASP password storage cheat sheet (19 MiB, two passes).
 * Hashing runs on the thread pool, off the event loop.
 */
const memoryCost = 19_456
const timeCost = 2
const parallelism = 1

// The same password typed on two keyboards may arrive composed or decomposed (NIST SP 800-63B, 3.1.1.2).
const normalised = (password: string) => password.normalize('NFKC')

export function hashPassword(password: string): Promise<string> {
  return hash(normalised(password), { algorithm: Argon2id, memoryCost, timeCost, parallelism })
}

// The enum is declared `const` in the package's types, which type stripping cannot inline.
const Argon2id = 2 satisfies Algorithm.Argon2id

let decoy: Promise<string> | null = null

/**
 * Whether the password is the right one. Without a stored hash the same work is done against a decoy, so that the
 * time taken does not tell whether the account exists.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password')
  const fits = await verify(stored ?? (await decoy), normalised(password))
  return fits && stored !== null
}

/** Whether a stored hash was made with other parameters than today's. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`)
}
