import type { Reactions } from '@azora/kit/inbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { issueCertificate } from './certificates/issue-certificate.ts'
import { takeQuizOutcome } from './enrollments/quiz-outcome.ts'
import { upsertOrganization } from './organizations/organizations.store.ts'
import { upsertPerson } from './people/people.store.ts'

export function reactions(kit: ServiceKit): Reactions {
  return {
    'organization.created': (tx, school) => upsertOrganization(tx, school),
    'user.created': (tx, person) => upsertPerson(tx, person),
    'assessment.completed': (tx, outcome) => takeQuizOutcome(tx, outcome),
    'course.completed': (tx, completion) => issueCertificate(tx, completion, kit),
  }
}
