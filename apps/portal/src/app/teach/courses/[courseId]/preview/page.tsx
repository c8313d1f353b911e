import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { ClientMessages } from '../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../i18n/server.ts'
import { CourseProgressRing } from '../../../../../learning/course-progress.tsx'
import { CourseView } from '../../../../../learning/course-view.tsx'
import { api, need } from '../../../../../lib/api.server.ts'
import { NotForRole } from '../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../teach/page-title.server.ts'
import { previewAddress, previewModules } from '../../../../../teach/preview/preview.server.ts'
import { PreviewFrame } from '../../../../../teach/preview/preview-frame.tsx'
import { isTeacher } from '../../../../../teach/teacher.server.ts'

type Props = { params: Promise<{ courseId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { courseId } = await params
  const t = await getTranslations('preview')
  return titleFor(client => client.education.editCourse({ courseId }), t('title'))
}

/** A course as a learner sees it who has just enrolled, for its teacher. */
export default async function PreviewCoursePage({ params }: Props) {
  const { courseId } = await params
  const address = previewAddress(courseId)
  if (!(await isTeacher(address))) return <NotForRole />
  const [t, learning, course] = await Promise.all([
    getTranslations('preview'),
    getTranslations('learning'),
    need((await api()).education.editCourse({ courseId }), address),
  ])
  const modules = previewModules(course)
  const lessons = modules.flatMap(module => module.lessons)
  return (
    <PreviewFrame places={[{ label: t('toCourse'), href: `/teach/courses/${courseId}` }]}>
      <CourseView
        title={course.title}
        parent={{ label: learning('title'), href: '/learn' }}
        modules={modules}
        address={address}
      >
        <Card className="flex flex-col gap-5">
          <ClientMessages of={['progress']}>
            <CourseProgressRing lessons={lessons} percent={0} completed={false} />
          </ClientMessages>
          {lessons[0] ? (
            <LinkButton href={`${address}/${lessons[0].id}`} size="large">
              {learning('begin')}
              <Icon name="forward" />
            </LinkButton>
          ) : null}
        </Card>
        {course.status === 'published' ? null : <Notice>{t(`course_${course.status}`)}</Notice>}
      </CourseView>
    </PreviewFrame>
  )
}
