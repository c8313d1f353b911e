import { personalDataPart } from '@azora/kit/personal-data.ts'
import type { ServiceDefinition } from '@azora/kit/service.ts'
import { mintPersonalData } from './privacy/personal-data.ts'
import { mintHandlers } from './routes.ts'
import { createWriter } from './transfers/writer.ts'

/** The books of a school: accounts, transfers between them, and the proof that they add up. */
export const mint: ServiceDefinition = {
  name: 'mint',
  migrations: new URL('./migrations/', import.meta.url),
  hears: ['user.export_requested', 'user.deleted'],
  wire(kit) {
    const writer = createWriter(kit.db)
    const personalData = personalDataPart(kit, mintPersonalData)
    return {
      handlers: mintHandlers(kit, writer),
      reactions: personalData.reactions,
      jobs: personalData.jobs,
      begin: () => writer,
    }
  },
}
