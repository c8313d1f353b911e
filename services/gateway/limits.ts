import { readFileSync } from 'node:fs'
import type { RateClass } from '@azora/contracts/operation.ts'
import { StartupFault } from '@azora/kit/config.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { z } from 'zod'

/**
 * The budgets are data: `limits.json` beside this file, or a file of the operator's in its place. Each number is
 * requests per window: of one API key, of one person with all their keys, and of one network address with everyone
 * behind it. Ours leave room for a school behind one address translator: a class of forty that signs in at the
 * bell, or takes a quiz at once, stays well below them.
 */

const allowance = z
  .strictObject({
    key: z.number().int().min(1),
    person: z.number().int().min(1),
    address: z.number().int().min(1),
  })
  .refine(
    ({ key, person, address }) => key <= person && person <= address,
    'A key may not have more than a person, nor a person more than an address.',
  )

const classes = z.strictObject({
  sign_in: allowance,
  upload: allowance,
  ai: allowance,
  verify: allowance,
  program: allowance,
  general: allowance,
} satisfies Record<RateClass, unknown>)

const shape = z.strictObject({
  windowSeconds: z.number().int().min(1).max(3600),
  tiers: z.strictObject({ free: classes, pro: classes, enterprise: classes, admin: classes }),
})

export type Limits = z.infer<typeof shape>
type TierName = keyof Limits['tiers']

/**
 * The budgets of an installation: those of the file, or ours.
 * @throws StartupFault naming the file and what is wrong in it.
 */
export function readLimits(file: string | null): Limits {
  const where = file ?? new URL('./limits.json', import.meta.url)
  const remedy = 'Correct the file that AZORA_LIMITS_FILE names, or unset it to use the default limits.'
  let text: unknown
  try {
    text = JSON.parse(readFileSync(where, 'utf8'))
  } catch (failure) {
    const reason = failure instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read'
    throw new StartupFault([`The limits file ${file} ${reason}.`, remedy], failure)
  }
  const parsed = shape.safeParse(text)
  if (parsed.success) return parsed.data
  throw new StartupFault([
    ...parsed.error.issues.map(
      issue => `The limits file ${file} is wrong at ${issue.path.join('.') || 'its top'}. ${issue.message}`,
    ),
    remedy,
  ])
}

/** The tier in which someone's requests are counted: their school's plan, and a tier of its own for administrators. */
export function tierOf(actor: Actor | null): TierName {
  if (!actor) return 'free'
  return actor.roles.includes('admin') || actor.roles.includes('operator') ? 'admin' : (actor.tier ?? 'free')
}
