'use client'
import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { Tabs } from '@azora/ui/tabs.tsx'
import { ToastRegion } from '@azora/ui/toast.tsx'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import { CourseStatus } from '../course-status.tsx'
import type { AuthoredCourse, QuizEntry } from './authored-course.ts'
import { CourseActions } from './course-actions.tsx'
import { OutlineTab } from './outline-tab.tsx'

// A course opens at its outline; the other tabs are loaded when they are.
const loading = () => <Skeleton className="h-80 w-full" />
const SettingsTab = dynamic(() => import('./settings-tab.tsx').then(module => module.SettingsTab), {
  loading,
})
const PriceTab = dynamic(() => import('./price-tab.tsx').then(module => module.PriceTab), { loading })
const QuizzesTab = dynamic(() => import('./quizzes-tab.tsx').then(module => module.QuizzesTab), { loading })
const FilesTab = dynamic(() => import('./files-tab.tsx').then(module => module.FilesTab), { loading })

type CourseEditorProps = {
  initial: AuthoredCourse
  quizzes: QuizEntry[]
  languages: { id: string; label: string }[]
  subjects: string[]
}

const tabs = ['outline', 'settings', 'price', 'quizzes', 'files'] as const

/** The editor of a course: its outline, settings, quizzes and files, and whether it is published. */
export function CourseEditor({ initial, quizzes, languages, subjects }: CourseEditorProps) {
  const t = useTranslations('editor')
  const teach = useTranslations('teach')
  const common = useTranslations('common')
  const [course, setCourse] = useState(initial)
  const [tab, setTab] = useState<string>('outline')
  const [conflict, setConflict] = useState(false)
  const [version, setVersion] = useState(0)
  useEffect(() => {
    const follow = () => {
      const wanted = tabs.find(name => `#${name}` === location.hash)
      if (wanted) setTab(wanted)
    }
    follow()
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const select = (id: string) => {
    setTab(id)
    history.replaceState(null, '', `#${id}`)
  }
  const onCourse = (next: AuthoredCourse) => {
    setConflict(false)
    setCourse(next)
  }
  const onConflict = async () => {
    setCourse(await call('education.editCourse', { courseId: course.id }))
    setVersion(current => current + 1)
    setConflict(true)
  }
  const props = { course, onCourse, onConflict }
  return (
    <ToastRegion closeLabel={common('close')}>
      <div className="page-width">
        <PageHeader
          above={
            <Breadcrumbs
              label={common('breadcrumbs')}
              items={[{ label: teach('title'), href: '/teach' }, { label: course.title }]}
            />
          }
          title={course.title}
          description={
            <span className="flex flex-wrap items-center gap-3">
              <CourseStatus status={course.status} label={teach(`status_${course.status}`)} />
              <span className="text-sm">{common('lessons', { count: course.lessonCount })}</span>
              <span className="text-sm">{teach('learners', { count: course.learnerCount })}</span>
            </span>
          }
          actions={<CourseActions {...props} />}
        />
        {conflict ? (
          <div className="mb-4">
            <Notice tone="warning" live>
              {t('conflict')}
            </Notice>
          </div>
        ) : null}
        <Tabs
          label={t('tabs')}
          selected={tab}
          onSelect={select}
          tabs={[
            { id: 'outline', label: t('tab_outline'), content: <OutlineTab {...props} quizzes={quizzes} /> },
            {
              id: 'settings',
              label: t('tab_settings'),
              content: <SettingsTab key={version} {...props} languages={languages} subjects={subjects} />,
            },
            { id: 'price', label: t('tab_price'), content: <PriceTab courseId={course.id} /> },
            {
              id: 'quizzes',
              label: t('tab_quizzes'),
              content: <QuizzesTab course={course} quizzes={quizzes} />,
            },
            { id: 'files', label: t('tab_files'), content: <FilesTab {...props} /> },
          ]}
        />
      </div>
    </ToastRegion>
  )
}
