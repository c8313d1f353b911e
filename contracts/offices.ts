/**
 * What a member of a school may hold beside their role: a task with the power that it needs and no more. Roles are a
 * closed list that v1 promised; offices grow with the services. What each opens: `permissions.ts`, and operations that
 * name one as their access rule.
 */
export const offices = ['support', 'compliance', 'finance', 'moderation', 'safeguarding'] as const
export type Office = (typeof offices)[number]

/** What the holder of each looks after. */
export const officeTasks: Record<Office, string> = {
  support: 'Helps people get in: finds them, sends invitations again, ends sessions, emails password links.',
  compliance: 'Reads the audit log, and follows what people ask for about their personal data.',
  finance: 'Gives money back, and keeps the books: reads the ledger, and moves money between its accounts.',
  moderation: 'Decides what is removed from what members write.',
  safeguarding: 'Looks after learners who may be at risk.',
}

/**
 * Those that open something today. The others wait for the services of which they speak, and until then nobody can be
 * given them: an office that opens nothing would be a promise. `tidy/offices.test.ts` holds the two lists together.
 */
export const openOffices = ['support', 'compliance', 'finance'] as const satisfies readonly Office[]
export type OpenOffice = (typeof openOffices)[number]
