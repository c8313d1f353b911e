import { randomUUID } from 'node:crypto'
import type { AzoraClient } from '@azora/contracts/client.ts'

/**
 * The gradebook of a demo course as its instructor would set it up: quizzes, and a journal that is graded by hand. Done
 * once: what someone saved since then stays.
 */
export async function setUpGradebook(api: AzoraClient, courseId: string): Promise<void> {
  const { items, setupRevision, ...book } = await api.assessment.getGradebook({ courseId })
  if (setupRevision > 0) return
  const [quizzes, journal] = [randomUUID(), randomUUID()]
  const plain = { dropHighest: 0, extraCredit: false }
  await api.assessment.saveGradebook({
    ...book,
    courseId,
    setupRevision,
    calculation: 'weights',
    courseGradeShown: true,
    scale: [
      { letter: 'Distinction', from: 80 },
      { letter: 'Merit', from: 65 },
      { letter: 'Pass', from: 50 },
      { letter: 'Not yet', from: 0 },
    ],
    categories: [
      // With a single quiz nothing is dropped: one score always stays.
      { id: quizzes, name: 'Quizzes', weight: 60, dropLowest: 1, ...plain },
      { id: journal, name: 'Journal', weight: 40, dropLowest: 0, ...plain },
    ],
    items: [
      ...items.map(item => ({ ...item, categoryId: quizzes })),
      {
        id: randomUUID(),
        quizId: null,
        title: 'Learning journal',
        categoryId: journal,
        points: 20,
        extraCredit: false,
        hidden: false,
      },
    ],
  })
}
