import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from '../../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../../lib/api.server.ts'
import { NotForRole } from '../../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../../teach/page-title.server.ts'
import { previewAddress } from '../../../../../../../teach/preview/preview.server.ts'
import { PreviewFrame } from '../../../../../../../teach/preview/preview-frame.tsx'
import { PreviewQuiz } from '../../../../../../../teach/preview/preview-quiz.tsx'
import { hasVariants, variantIn } from '../../../../../../../teach/preview/quiz-variants.ts'
import { VariantChoice } from '../../../../../../../teach/preview/variant-choice.tsx'
import { isTeacher } from '../../../../../../../teach/teacher.server.ts'

type Props = {
  params: Promise<{ courseId: string; quizId: string }>
  searchParams: Promise<{ variant?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { quizId } = await params
  const t = await getTranslations('preview')
  return titleFor(client => client.assessment.editQuiz({ quizId }), t('title'))
}

/** A quiz as a learner meets it, for its teacher, whether or not a lesson shows it yet. */
export default async function PreviewQuizPage({ params, searchParams }: Props) {
  const { courseId, quizId } = await params
  const variant = variantIn((await searchParams).variant)
  const editor = `/teach/courses/${courseId}/quizzes/${quizId}`
  const path = `${editor}/preview`
  if (!(await isTeacher(path))) return <NotForRole />
  const { assessment } = await api()
  const [t, quiz] = await Promise.all([
    getTranslations('preview'),
    need(assessment.editQuiz({ quizId }), path),
  ])
  if (quiz.courseId !== courseId) notFound()
  return (
    <PreviewFrame places={[{ label: t('toQuiz'), href: editor }]}>
      <div className="page-width">
        <div className="mx-auto flex w-full max-w-[46rem] flex-col lg:has-[[data-beside]]:max-w-6xl gap-6 pt-8">
          <h1 className="text-title font-bold">{quiz.title}</h1>
          {quiz.bank ? <Notice>{t('bank')}</Notice> : null}
          {hasVariants(quiz) ? <VariantChoice path={path} variant={variant} /> : null}
          <PreviewQuiz
            quizId={quizId}
            path={path}
            course={previewAddress(courseId)}
            next={null}
            variant={variant}
          />
        </div>
      </div>
    </PreviewFrame>
  )
}
