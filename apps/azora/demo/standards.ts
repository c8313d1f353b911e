import { randomUUID } from 'node:crypto'
import type { AzoraClient } from '@azora/contracts/client.ts'

const growth = 'Quick check: how money grows'
const final = 'Final quiz: Money Matters'

/** The standards of a demo course, with the questions that show each: of which quiz, and from which place to which. */
const standards = [
  {
    code: 'MON 1',
    title: 'Read a payslip and plan a budget',
    description: 'Gross and net pay, deductions, and money set aside for costs that come once a year.',
    shownBy: [[final, 0, 4]],
  },
  {
    code: 'MON 2',
    title: 'Save, and work out interest',
    description: 'Simple and compound interest, an emergency fund, and saving together or tax-free.',
    shownBy: [
      [growth, 0, 4],
      [final, 5, 7],
      [final, 9, 10],
    ],
  },
  {
    code: 'MON 3',
    title: 'Compare what credit costs',
    description: 'Effective rates, instalments, your rights, and a way out of debt.',
    shownBy: [
      [final, 8, 8],
      [final, 11, 15],
    ],
  },
  {
    code: 'MON 4',
    title: 'Protect and invest money',
    description: 'Insurance, scams, inflation and fees.',
    shownBy: [[final, 16, 23]],
  },
] satisfies { code: string; title: string; description: string; shownBy: [string, number, number][] }[]

/** The standards of a demo course as its instructor would write them. Done once: what someone saved since then stays. */
export async function setUpStandards({ assessment }: AzoraClient, courseId: string): Promise<void> {
  const before = await assessment.getStandards({ courseId })
  if (before.standardsRevision > 0) return
  const saved = standards.map(({ shownBy: _, ...standard }) => ({ ...standard, id: randomUUID() }))
  await assessment.saveStandards({ ...before, courseId, standardsShown: true, standards: saved })
  const { items } = await assessment.listQuizzes({ courseId })
  for (const { id: quizId, title } of items) {
    const { questions } = await assessment.getQuizStandards({ quizId })
    const alignments = standards.flatMap(({ shownBy }, at) =>
      shownBy
        .filter(([quiz]) => quiz === title)
        .flatMap(([, from, to]) => questions.slice(Number(from), Number(to) + 1))
        .map(({ id }) => ({ questionId: id, standardId: saved[at]?.id ?? '', aligned: true })),
    )
    if (alignments.length > 0) await assessment.alignQuestions({ quizId, alignments })
  }
}
