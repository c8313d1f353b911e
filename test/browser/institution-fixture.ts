import type { Person } from '../api.ts'
import { financeOfficer } from './bundle-fixture.ts'

/** An institution that a person manages. */
export async function managedInstitution(manager: Person, name: string): Promise<string> {
  const { api } = await financeOfficer('Bongani Account')
  const { id: institutionId } = await api.payments.createInstitution({
    name,
    legalName: `${name} (Pty) Ltd`,
    address: ['1 Dry Street', 'Beaufort West 6970'],
    country: 'ZA',
    taxNumber: null,
    billingEmail: 'accounts@karoo.example',
    termsDays: 14,
    creditLimits: [],
    status: 'active',
  })
  await api.payments.addInstitutionManager({ institutionId, email: manager.email })
  return institutionId
}
