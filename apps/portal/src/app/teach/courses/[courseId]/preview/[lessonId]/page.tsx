import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientMessages } from '../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../i18n/server.ts'
import { Attachments } from '../../../../../../learning/attachments.tsx'
import { CourseProgressBar } from '../../../../../../learning/course-progress.tsx'
import { LessonBody } from '../../../../../../learning/lesson-body.tsx'
import { LessonView } from '../../../../../../learning/lesson-view.tsx'
import { Outline } from '../../../../../../learning/outline.tsx'
import { api, need } from '../../../../../../lib/api.server.ts'
import { NotForRole } from '../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../teach/page-title.server.ts'
import { previewAddress, previewModules } from '../../../../../../teach/preview/preview.server.ts'
import { PreviewFrame } from '../../../../../../teach/preview/preview-frame.tsx'
import { PreviewQuiz } from '../../../../../../teach/preview/preview-quiz.tsx'
import { isTeacher } from '../../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string; lessonId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lessonId } = await params
  const t = await getTranslations('preview')
  return titleFor(client => client.education.editLesson({ lessonId }), t('title'))
}

/** A lesson as a learner sees it, for its teacher; drafts and hidden ones too. */
export default async function PreviewLessonPage({ params }: Props) {
  const { courseId, lessonId } = await params
  const address = previewAddress(courseId)
  const path = `${address}/${lessonId}`
  if (!(await isTeacher(path))) return <NotForRole />
  const { education } = await api()
  const [t, lessonText, course, lesson] = await Promise.all([
    getTranslations('preview'),
    getTranslations('lesson'),
    need(education.editCourse({ courseId }), path),
    need(education.getLesson({ lessonId }), path),
  ])
  const modules = previewModules(course)
  const lessons = modules.flatMap(module =>
    module.lessons.map(one => ({ ...one, moduleStatus: module.status })),
  )
  const at = lessons.findIndex(({ id }) => id === lesson.id)
  const here = lessons[at]
  if (!here) notFound()
  const addressAt = (index: number) => (lessons[index] ? `${address}/${lessons[index].id}` : null)
  const next = addressAt(at + 1)
  const editor = `/teach/courses/${courseId}`
  return (
    <PreviewFrame
      places={[
        { label: t('toLesson'), href: `${editor}/lessons/${lesson.id}` },
        ...(lesson.quizId ? [{ label: t('toQuiz'), href: `${editor}/quizzes/${lesson.quizId}` }] : []),
      ]}
    >
      <LessonView
        lesson={lesson}
        position={{ index: at + 1, count: lessons.length }}
        course={address}
        previous={addressAt(at - 1)}
        next={next}
        outline={<Outline modules={modules} address={address} currentLessonId={lesson.id} />}
        progress={
          <ClientMessages of={['progress']}>
            <CourseProgressBar lessons={lessons} percent={0} />
          </ClientMessages>
        }
      >
        {here.status === 'draft' || here.status === 'hidden' ? (
          <Notice tone="warning">{t(`lesson_${here.status}`)}</Notice>
        ) : here.moduleStatus === 'draft' || here.moduleStatus === 'hidden' ? (
          <Notice tone="warning">{t(`module_${here.moduleStatus}`)}</Notice>
        ) : null}
        {lesson.kind === 'quiz' ? (
          lesson.quizId ? (
            <PreviewQuiz quizId={lesson.quizId} path={path} course={address} next={next} />
          ) : (
            <Notice tone="warning">{lessonText('quizMissing')}</Notice>
          )
        ) : (
          <>
            {/* Links between lessons stay within the preview. */}
            <LessonBody
              lesson={{
                ...lesson,
                content: lesson.content.replaceAll(`"/learn/${courseId}/`, `"${address}/`),
              }}
            />
            <Attachments files={lesson.attachments} />
            <div className="flex flex-col gap-4 rounded-card bg-sunken/70 p-5 sm:flex-row sm:items-center sm:justify-between">
              <a href={next ?? address} className={buttonStyle({ size: 'large' })}>
                <Icon name="check" />
                {next ? lessonText('done') : lessonText('doneLast')}
              </a>
              <p className="text-sm text-muted">{t('unsaved')}</p>
            </div>
          </>
        )}
      </LessonView>
    </PreviewFrame>
  )
}
