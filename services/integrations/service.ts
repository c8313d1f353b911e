import { integrationsContract } from '@azora/contracts/integrations.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceDefinition } from '@azora/kit/service.ts'

/** What a school's own programs are told, and how much of the API they use. */
export const integrations: ServiceDefinition = {
  name: 'integrations',
  migrations: new URL('./migrations/', import.meta.url),
  hears: [],
  wire() {
    const notYet = async () => {
      throw new AppError('unavailable')
    }
    return { handlers: Object.fromEntries(Object.keys(integrationsContract).map(name => [name, notYet])) }
  },
}
