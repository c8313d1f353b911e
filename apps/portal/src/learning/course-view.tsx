import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { Card } from '@azora/ui/card.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import type { ReactNode } from 'react'
import { getTranslations } from '../i18n/server.ts'
import { Outline, type OutlineModule } from './outline.tsx'

type CourseViewProps = {
  title: string
  /** The page above this one. */
  parent: { label: string; href: string }
  modules: OutlineModule[]
  /** The address of this page, below which the lessons are. */
  address: string
  /** What stands beside the outline. */
  children: ReactNode
}

/** The page of a course for who learns in it, and for the teacher who looks at it as a learner would. */
export async function CourseView({ title, parent, modules, address, children }: CourseViewProps) {
  const [t, common] = await Promise.all([getTranslations('learning'), getTranslations('common')])
  return (
    <div className="page-width grid gap-x-12 gap-y-8 pt-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="flex flex-col gap-3">
        <Breadcrumbs label={common('breadcrumbs')} items={[parent, { label: title }]} />
        <h1 className="text-title font-bold">{title}</h1>
      </div>
      <aside className="flex flex-col gap-5 lg:row-span-2">{children}</aside>
      <section aria-labelledby="outline" className="min-w-0">
        <h2 id="outline" className="mb-4 text-xl font-bold">
          {t('outline')}
        </h2>
        {modules.some(module => module.lessons.length > 0) ? (
          <Card className="px-3!">
            <Outline modules={modules} address={address} />
          </Card>
        ) : (
          <EmptyState title={t('noLessons')} />
        )}
      </section>
    </div>
  )
}
