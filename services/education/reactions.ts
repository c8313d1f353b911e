import type { Reactions } from '@azora/kit/inbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { issueCertificate } from './certificates/issue-certificate.ts'
import { renewSoon } from './courses/browse.ts'
import { updatePrices } from './courses/prices.store.ts'
import { upsertSurvey } from './courses/surveys.store.ts'
import { takeAccessEnd, takePurchase } from './enrollments/access.ts'
import { takeGrades } from './enrollments/grades.store.ts'
import { takeQuizOutcomes, takeResultsShown, takeSurvey } from './enrollments/quiz-outcome.ts'
import { takeChangedScore } from './enrollments/score-email.ts'
import { updateOrganization, upsertOrganization } from './organizations/organizations.store.ts'
import { forgetVisitor, updatePerson, upsertPerson } from './people/people.store.ts'

export function reactions(kit: ServiceKit): Reactions {
  return {
    'organization.created': (tx, school, { occurredAt }) => upsertOrganization(tx, school, occurredAt),
    'organization.changed': (tx, school, { occurredAt }) => updateOrganization(tx, school, occurredAt),
    'user.created': (tx, person, { occurredAt }) => upsertPerson(tx, person, occurredAt),
    'user.changed': (tx, person, { occurredAt }) => updatePerson(tx, person, occurredAt),
    'user.left': (tx, person) => forgetVisitor(tx, person),
    'assessment.completed': {
      all: (tx, events) =>
        takeQuizOutcomes(
          tx,
          events.map(({ payload }) => payload),
        ),
    },
    'score.changed': (tx, changed) => takeChangedScore(tx, changed),
    'grade.changed': {
      all: (tx, events) =>
        takeGrades(
          tx,
          events.map(({ payload }) => payload),
        ),
    },
    'survey.completed': (tx, survey) => takeSurvey(tx, survey),
    'quiz.results_shown': (tx, quiz) => takeResultsShown(tx, quiz),
    'quiz.kind_set': (tx, { kind, ...quiz }) => upsertSurvey(tx, { ...quiz, survey: kind === 'survey' }),
    'course.priced': async (tx, priced) => {
      if (await updatePrices(tx, priced)) tx.afterCommit(() => renewSoon(kit, tx.organizationId))
    },
    'course.purchased': (tx, purchase) => takePurchase(tx, purchase, kit.metrics),
    'course.access_ended': (tx, end) => takeAccessEnd(tx, end),
    'course.completed': (tx, completion) => issueCertificate(tx, completion, kit),
  }
}
