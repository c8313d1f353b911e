import type { Reactions } from '@azora/kit/inbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { issueCertificate } from './certificates/issue-certificate.ts'
import { takeQuizOutcome, takeResultsShown, takeSurvey } from './enrollments/quiz-outcome.ts'
import { updateOrganization, upsertOrganization } from './organizations/organizations.store.ts'
import { forgetVisitor, updatePerson, upsertPerson } from './people/people.store.ts'

export function reactions(kit: ServiceKit): Reactions {
  return {
    'organization.created': (tx, school) => upsertOrganization(tx, school),
    'organization.changed': (tx, school) => updateOrganization(tx, school),
    'user.created': (tx, person) => upsertPerson(tx, person),
    'user.changed': (tx, person) => updatePerson(tx, person),
    'user.left': (tx, person) => forgetVisitor(tx, person),
    'assessment.completed': (tx, outcome) => takeQuizOutcome(tx, outcome),
    'survey.completed': (tx, survey) => takeSurvey(tx, survey),
    'quiz.results_shown': (tx, quiz) => takeResultsShown(tx, quiz),
    'course.completed': (tx, completion) => issueCertificate(tx, completion, kit),
  }
}
