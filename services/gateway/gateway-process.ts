import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { startGateway } from './testing.ts'

/** A gateway before a service that runs elsewhere, in a process of its own, which a test can kill. Tells its parent its address. */

const [service = '', urls = '', people = ''] = process.argv.slice(2)
const known = new Map((JSON.parse(people) as (Actor & { token: string })[]).map(one => [one.token, one]))
const gateway = await startGateway({
  services: new Map([[service, JSON.parse(urls)]]),
  // Which of the processes holds a session stays as it is, however slow the machine.
  upstreams: { healthEveryMs: 600_000 },
  identity: {
    async verify(token) {
      const found = known.get(token)
      if (!found) throw new AppError('unauthenticated')
      return found
    },
  },
})
process.send?.(gateway.url)
