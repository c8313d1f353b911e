import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientMessages } from '../../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../../lib/api.server.ts'
import { NotForRole } from '../../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../../teach/page-title.server.ts'
import { hasVariants, sheetsIn } from '../../../../../../../teach/preview/quiz-variants.ts'
import { LoadedSheet } from '../../../../../../../teach/printed-quiz/loaded-sheet.tsx'
import { PrintChoices } from '../../../../../../../teach/printed-quiz/print-choices.tsx'
import { isTeacher } from '../../../../../../../teach/teacher.server.ts'

type Props = {
  params: Promise<{ courseId: string; quizId: string }>
  searchParams: Promise<{ answers?: string; variant?: string; sheets?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { quizId } = await params
  const t = await getTranslations('printedQuiz')
  return titleFor(client => client.assessment.editQuiz({ quizId }), t('title'))
}

/** A quiz on paper, for classes without devices: the questions with room to answer, and for its teacher the answers. */
export default async function PrintQuizPage({ params, searchParams }: Props) {
  const { courseId, quizId } = await params
  const search = await searchParams
  const withAnswers = search.answers === 'yes'
  const editor = `/teach/courses/${courseId}/quizzes/${quizId}`
  const path = `${editor}/print`
  if (!(await isTeacher(path))) return <NotForRole />
  const { assessment } = await api()
  const [t, quiz] = await Promise.all([
    getTranslations('printedQuiz'),
    need(assessment.editQuiz({ quizId }), path),
  ])
  if (quiz.courseId !== courseId) notFound()
  if (quiz.questions.length === 0)
    return (
      <div className="page-width py-8">
        <Notice>{t('empty')}</Notice>
      </div>
    )
  const survey = quiz.kind === 'survey'
  const variants = hasVariants(quiz) ? sheetsIn(search) : null
  return (
    <div className="page-width flex flex-col gap-6 py-8 print:block print:p-0">
      <PrintChoices
        title={quiz.title}
        editor={editor}
        answers={survey ? 'none' : withAnswers ? 'printed' : 'left_out'}
        variants={variants}
      />
      <ClientMessages of={['printedQuiz']}>
        <LoadedSheet
          key={variants?.join(' ')}
          quizId={quizId}
          variants={variants}
          answers={withAnswers && !survey ? quiz.questions : null}
        />
      </ClientMessages>
    </div>
  )
}
