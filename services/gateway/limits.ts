import type { RateClass } from '@azora/contracts/operation.ts'
import type { Role } from '@azora/contracts/permissions.ts'

type Tier = 'free' | 'pro' | 'enterprise' | 'admin'

/** Requests per minute: of one person, and of one network address with everyone behind it. */
type Allowance = { person: number; address: number }

/**
 * The budgets. Those of an address leave room for a school behind one address translator: a class of forty that
 * signs in at the bell, or takes a quiz at once, stays well below them.
 */
export const limits: Record<Tier, Record<RateClass, Allowance>> = {
  free: {
    sign_in: { person: 30, address: 60 },
    upload: { person: 60, address: 300 },
    ai: { person: 20, address: 200 },
    general: { person: 600, address: 3000 },
  },
  pro: {
    sign_in: { person: 30, address: 60 },
    upload: { person: 120, address: 600 },
    ai: { person: 60, address: 600 },
    general: { person: 1200, address: 6000 },
  },
  enterprise: {
    sign_in: { person: 60, address: 120 },
    upload: { person: 300, address: 1500 },
    ai: { person: 120, address: 1200 },
    general: { person: 3000, address: 15_000 },
  },
  admin: {
    sign_in: { person: 60, address: 120 },
    upload: { person: 600, address: 3000 },
    ai: { person: 120, address: 1200 },
    general: { person: 6000, address: 30_000 },
  },
}

/** The tier in which somebody's requests are counted. Plans will decide it once they exist. */
export function tierOf(roles: readonly Role[]): Tier {
  return roles.includes('admin') ? 'admin' : 'free'
}
