import { hashPassword, passwordFits } from '@azora/service-auth/accounts/password.ts'
import { demoLearner, demoPassword } from '../apps/azora/demo/school.ts'
import { clientFor } from '../test/api.ts'

const atOnce = 8
const forMs = 8000

/** Run the work by several at once for a while. @returns how often a second it was done. */
async function perSecond(work: () => Promise<unknown>): Promise<number> {
  await work()
  const began = performance.now()
  let done = 0
  const keepAtIt = async () => {
    while (performance.now() - began < forMs) {
      await work()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, keepAtIt))
  return (done * 1000) / (performance.now() - began)
}

/**
 * Sign-ins a second through the gateway against what the machine can do of argon2id alone, with the same parameters
 * and as many at once: the rest is what signing in costs around its hash.
 */
export async function benchSignIns(url: string, say: (line: string) => void): Promise<void> {
  const stored = await hashPassword(demoPassword)
  const bare = await perSecond(() => passwordFits(stored, demoPassword))
  const visitor = clientFor(url, null)
  const ours = await perSecond(() => visitor.auth.login({ email: demoLearner.email, password: demoPassword }))
  say('\nSigning in by password')
  say(`  Azora         ${ours.toFixed(1)} sign-ins/s`)
  say(`  argon2id      ${bare.toFixed(1)} hashes/s, the same parameters, nothing else`)
  say(`  ratio         ${(ours / bare).toFixed(2)} of what the machine can hash`)
}
