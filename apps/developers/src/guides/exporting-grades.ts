import { environmentVariable } from '../code/environment-variable.ts'
import type { Guide } from './block.ts'

export const exportingGrades: Guide = {
  slug: 'exporting-grades',
  texts: 'guideGrades',
  blocks: origin => [
    'intro',
    '- key client file',
    {
      title: 'code',
      language: 'typescript',
      code: `import { writeFile } from 'node:fs/promises'
import { createAzora, pages } from '@azora/client'

const azora = createAzora({ url: '${origin}', apiKey: ${environmentVariable('AZORA_KEY')} })
const rows = [['course', 'quiz', 'learner', 'attempt', 'percent', 'passed', 'handed in']]

for await (const course of pages(azora.education.listTaughtCourses, {})) {
  const names = new Map<string, string>()
  for await (const learner of pages(azora.education.getRoster, { courseId: course.id })) {
    names.set(learner.userId, learner.name)
  }
  const quizzes = await azora.assessment.listQuizzes({ courseId: course.id })
  for (const quiz of quizzes.items) {
    for await (const attempt of pages(azora.assessment.listSubmissions, { quizId: quiz.id })) {
      if (attempt.state !== 'graded') continue
      rows.push([
        course.title,
        quiz.title,
        names.get(attempt.userId) ?? attempt.userId,
        String(attempt.attemptNumber),
        String(attempt.scorePercent),
        attempt.passed ? 'yes' : 'no',
        attempt.submittedAt ?? '',
      ])
    }
  }
}

// A cell that begins like a formula would be run by a spreadsheet: it is written as text.
const cell = (text: string) => \`"\${(/^[=+\\-@\\t\\r]/.test(text) ? "'" + text : text).replaceAll('"', '""')}"\`
await writeFile('grades.csv', rows.map(row => row.map(cell).join(',')).join('\\r\\n'))
console.log(\`\${rows.length - 1} grades\`)`,
    },
    'run',
    { title: 'runCode', language: 'shell', code: "AZORA_KEY='azora_…' node export-grades.mts" },
    'care',
  ],
}
