import type { Office } from '@azora/contracts/offices.ts'
import type { Role } from '@azora/contracts/permissions.ts'
import { createIdentity } from '@azora/kit/identity.ts'
import { createTestKit, testContext } from '@azora/kit/testing.ts'
import { createAccount } from './accounts/create-account.ts'
import { createOrganization } from './organizations/organizations.ts'
import { authHandlers } from './routes.ts'
import { auth } from './service.ts'
import { createIssuer } from './tokens/issuer.ts'
import { publishedKeys } from './tokens/signing-keys.ts'

export const goodPassword = 'seven goats on a wall'

/** Auth on a fresh database, with a default school `north` and a second one `south`. For tests. */
export async function startAuth() {
  const kit = await createTestKit(auth)
  const issuer = createIssuer(kit.db, kit.sealing)
  await issuer.prepare()
  const north = await createOrganization(kit.db, { slug: 'north', name: 'North School', isDefault: true })
  const south = await createOrganization(kit.db, { slug: 'south', name: 'South School', isDefault: false })
  const identity = createIdentity(
    async () => (await publishedKeys(kit.db)) as { keys: Record<string, unknown>[] },
  )
  const handlers = authHandlers(kit, issuer)
  let made = 0
  return {
    ...kit,
    issuer,
    identity,
    handlers,
    north,
    south,
    async addPerson(roles: Role[] = ['learner'], organizationId = north, offices: Office[] = []) {
      made += 1
      const email = `person${made}@school.example`
      const wanted = { email, name: `Person ${made}`, password: goodPassword, roles, offices, organizationId }
      return { email, userId: await createAccount(kit.db, wanted) }
    },
    /** Sign in for tokens; every caller at its own network address, unless given. */
    login(email: string, password = goodPassword, context = testContext()) {
      return handlers.login({ email, password, session: 'token' }, context)
    },
  }
}
