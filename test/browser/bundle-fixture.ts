import { demoAdmin, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, signIn, signUp } from '../api.ts'
import { until } from '../system.ts'
import { systemUrl } from './browser.ts'

/** A person who holds the office of finance. */
export async function financeOfficer(name: string): Promise<Person> {
  const person = await signUp(systemUrl(), name)
  const admin = await signIn(systemUrl(), demoAdmin.email, demoPassword)
  await admin.api.auth.giveOffice({ userId: person.userId, office: 'finance' })
  // A token from before does not hold the office.
  return signIn(systemUrl(), person.email)
}

/** A bundle of courses on offer, at 700 rand. @returns its id */
export async function offerBundle(courseIds: string[], title = 'A bundle to walk to'): Promise<string> {
  const { api } = await financeOfficer('Bongani Bundle')
  const prices = [{ amountMinor: 70_000, currency: 'ZAR' }]
  // Payments hears of courses a moment after they are made.
  const { id } = await until('The courses are known', () =>
    api.payments.createBundle({ title, prices, courseIds }).catch(() => null),
  )
  await api.payments.setBundleStatus({ bundleId: id, status: 'offered' })
  return id
}
