import type { PersonalData } from '@azora/kit/personal-data.ts'
import { anonymisePerson } from '../usage/usage.store.ts'
import { deleteDeliveriesNaming, selectDeliveriesNaming, selectUsageOf } from './privacy.store.ts'

/** What integrations knows of a person: how they use the API, and what the school's programs were told of them. */
export const integrationsPersonalData: PersonalData = {
  async gather(db, userId) {
    return [
      { name: 'usage.json', content: await selectUsageOf(db, userId) },
      { name: 'webhook-deliveries.json', content: await selectDeliveriesNaming(db, userId) },
    ]
  },
  async erase(tx, userId) {
    await anonymisePerson(tx, userId)
    await deleteDeliveriesNaming(tx, userId)
  },
}
