import type { Office } from '@azora/contracts/offices.ts'
import type { Role } from '@azora/contracts/permissions.ts'

/** The demo school's people. Their password is public: the demo is for trying, on this machine. */
export const demoPassword = 'learn-with-azora'

export const demoSchool = { slug: 'ubuntu', name: 'Ubuntu Open Academy', isDefault: true }

export type DemoPerson = { email: string; name: string; roles: Role[]; offices?: Office[] }

export const demoAdmin: DemoPerson = {
  email: 'admin@ubuntu.example',
  name: 'Nomsa Dlamini',
  roles: ['admin', 'operator'],
}
export const demoInstructor: DemoPerson = {
  email: 'thabo@ubuntu.example',
  name: 'Thabo Mokoena',
  roles: ['instructor'],
}
export const demoLearner: DemoPerson = {
  email: 'lindiwe@ubuntu.example',
  name: 'Lindiwe Khumalo',
  roles: ['learner'],
}

export const demoPeople: DemoPerson[] = [
  demoAdmin,
  demoInstructor,
  { email: 'bongani@ubuntu.example', name: 'Bongani Nkosi', roles: ['auditor'] },
  { email: 'anele@ubuntu.example', name: 'Anele Botha', roles: ['instructor'], offices: ['support'] },
  demoLearner,
  { email: 'sipho@ubuntu.example', name: 'Sipho Ndlovu', roles: ['learner'] },
  { email: 'zanele@ubuntu.example', name: 'Zanele Mthembu', roles: ['learner'] },
  { email: 'pieter@ubuntu.example', name: 'Pieter van Wyk', roles: ['learner'] },
  { email: 'amahle@ubuntu.example', name: 'Amahle Zulu', roles: ['learner'] },
  { email: 'kagiso@ubuntu.example', name: 'Kagiso Molefe', roles: ['learner'] },
  { email: 'fatima@ubuntu.example', name: 'Fatima Patel', roles: ['learner'] },
  { email: 'lerato@ubuntu.example', name: 'Lerato Sithole', roles: ['learner'] },
]

/**
 * How far each learner has come: the share of lessons read, and the share of quiz questions answered rightly.
 * Lindiwe is left in the middle of a course, so that anyone who signs in as her has something to go on with.
 */
export const demoProgress: { email: string; course: string; read: number; right: number }[] = [
  { email: 'lindiwe@ubuntu.example', course: 'money-matters', read: 0.4, right: 0 },
  { email: 'sipho@ubuntu.example', course: 'money-matters', read: 1, right: 0.92 },
  { email: 'sipho@ubuntu.example', course: 'how-computers-work', read: 0.3, right: 0 },
  { email: 'zanele@ubuntu.example', course: 'how-computers-work', read: 1, right: 0.85 },
  { email: 'pieter@ubuntu.example', course: 'money-matters', read: 0.7, right: 0 },
  { email: 'amahle@ubuntu.example', course: 'money-matters', read: 1, right: 1 },
  { email: 'amahle@ubuntu.example', course: 'how-computers-work', read: 1, right: 0.96 },
  { email: 'kagiso@ubuntu.example', course: 'how-computers-work', read: 0.1, right: 0 },
  { email: 'fatima@ubuntu.example', course: 'how-computers-work', read: 1, right: 0.4 },
  { email: 'lerato@ubuntu.example', course: 'money-matters', read: 0.2, right: 0 },
]
