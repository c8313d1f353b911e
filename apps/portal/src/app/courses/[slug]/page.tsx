import { Badge } from '@azora/ui/badge.tsx'
import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import type { Metadata } from 'next'
import { cache } from 'react'
import { BundleWays } from '../../../bundles/bundle-ways.tsx'
import { EnrolButton } from '../../../catalogue/enrol-button.tsx'
import { LearnersCover } from '../../../catalogue/learners-cover.tsx'
import { ClientMessages } from '../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../i18n/server.ts'
import { LessonKindIcon } from '../../../learning/lesson-kind-icon.tsx'
import { usesLessData } from '../../../less-data/less-data.server.ts'
import { lightHtml } from '../../../less-data/light-html.ts'
import { api, need } from '../../../lib/api.server.ts'
import { currentAccount } from '../../../lib/session.server.ts'
import { BuyWay } from '../../../payments/buy-way.tsx'
import { PlanWays } from '../../../subscription/plan-ways.tsx'
import { durationText } from '../../../text/duration.ts'
import { lessonKindText } from '../../../text/lesson-kind.ts'
import { readableHtml } from '../../../text/readable-html.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ gift?: string }> }

const courseOf = cache(async (slug: string) =>
  need((await api()).education.getCourse({ course: slug }), `/courses/${slug}`),
)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const course = await courseOf((await params).slug)
  return { title: course.title, description: course.summary }
}

export default async function CourseOverviewPage({ params, searchParams }: Props) {
  const course = await courseOf((await params).slug)
  const sold = course.prices.length > 0
  const gift = sold && (await searchParams).gift !== undefined
  const [t, pricing, common, catalogue, shell, account, locale, less] = await Promise.all([
    getTranslations('course'),
    getTranslations('pricing'),
    getTranslations('common'),
    getTranslations('catalogue'),
    getTranslations('shell'),
    currentAccount(),
    getLocale(),
    usesLessData(),
  ])
  const readable = readableHtml(course.description, t('table'))
  const description = less ? lightHtml(readable, shell('picture')) : readable
  const learn = `/learn/${course.slug}`
  const after = `next=${encodeURIComponent(learn)}&enrol=${course.id}`
  const language = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' }).of(course.language)
  // Beside the course on a desk; on a phone always in sight, at the foot of the screen.
  const page = `/courses/${course.slug}`
  const way = gift ? (
    <BuyWay goods={{ courseId: course.id, gift }} prices={course.prices} path={`${page}?gift`} />
  ) : course.enrolled ? (
    <>
      <span>
        <Badge tone="good">
          <Icon name="check" className="size-4!" />
          {t('enrolled')}
        </Badge>
      </span>
      <LinkButton href={learn} size="large">
        {t('continue')}
      </LinkButton>
    </>
  ) : sold ? (
    <>
      <BuyWay goods={{ courseId: course.id }} prices={course.prices} path={page} />
      {account ? (
        <>
          <BundleWays courseId={course.id} />
          <PlanWays courseId={course.id} />
        </>
      ) : null}
    </>
  ) : account ? (
    <ClientMessages of={['course']}>
      <EnrolButton courseId={course.id} destination={learn} />
    </ClientMessages>
  ) : (
    <>
      <LinkButton href={`/signup?${after}`} size="large">
        {t('signUpToEnrol')}
      </LinkButton>
      <LinkButton href={`/signin?${after}`} variant="quiet">
        {t('signInToEnrol')}
      </LinkButton>
    </>
  )
  return (
    <div className="page-width grid gap-x-12 gap-y-8 pt-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="flex flex-col gap-4">
        <Breadcrumbs
          label={common('breadcrumbs')}
          items={[{ label: catalogue('title'), href: '/courses' }, { label: course.title }]}
        />
        <p className="flex flex-wrap gap-2">
          <Badge tone="accent">{course.category}</Badge>
          <Badge>{common(`level_${course.level}`)}</Badge>
        </p>
        <h1 className="text-display font-bold">{course.title}</h1>
        <p className="max-w-2xl text-lg text-muted sm:text-xl">{course.summary}</p>
        <p className="flex flex-wrap gap-x-6 gap-y-1 text-muted">
          <span className="flex items-center gap-2">
            <Icon name="person" />
            {t('by', { name: course.instructorName })}
          </span>
          <span>{t('learners', { count: course.learnerCount })}</span>
        </p>
      </div>
      <aside className="lg:row-span-2">
        <Card padded={false} className="overflow-hidden lg:sticky lg:top-20">
          <LearnersCover url={course.coverUrl} title={course.title} eager />
          <div className="flex flex-col gap-4 p-5">
            {course.accessEnded ? <Notice>{t('accessEnded')}</Notice> : null}
            {gift ? <Notice>{pricing('giftText')}</Notice> : null}
            <div className="flex flex-col gap-4 max-lg:hidden">{way}</div>
            {sold ? (
              <LinkButton href={gift ? page : `${page}?gift`} variant="quiet">
                {pricing(gift ? 'forMyself' : 'asGift')}
              </LinkButton>
            ) : null}
            <ul className="flex flex-col gap-3 text-sm text-muted lg:border-t lg:border-line lg:pt-4">
              <li className="flex gap-3">
                <Icon name="clock" />
                {durationText(common, course.durationMinutes)},{' '}
                {common('lessons', { count: course.lessonCount })}
              </li>
              <li className="flex gap-3">
                <Icon name="award" />
                {t('certificate')}
              </li>
              <li className="flex gap-3">
                <Icon name="offline" />
                {t('offline')}
              </li>
              <li className="flex gap-3">
                <Icon name="info" />
                {t('language', { language: language ?? course.language })}
              </li>
            </ul>
          </div>
        </Card>
      </aside>
      <div className="flex min-w-0 flex-col gap-10">
        {course.description ? (
          <section aria-labelledby="about">
            <h2 id="about" className="mb-4 text-2xl font-bold">
              {t('about')}
            </h2>
            <div lang={course.language} className="prose" dangerouslySetInnerHTML={{ __html: description }} />
          </section>
        ) : null}
        <section aria-labelledby="outline">
          <h2 id="outline" className="mb-4 text-2xl font-bold">
            {t('outline')}
          </h2>
          {course.modules.length ? (
            <ol className="flex flex-col gap-3">
              {course.modules.map((module, index) => (
                <li key={module.id}>
                  <details open={index === 0} className="group rounded-card border border-line bg-surface">
                    <summary className="flex min-h-14 list-none items-center justify-between gap-4 rounded-card px-5 py-3">
                      <span className="font-semibold">{module.title}</span>
                      <span className="flex shrink-0 items-center gap-3 text-sm text-muted">
                        {t('lessonsIn', { count: module.lessons.length })}
                        <Icon name="down" className="transition-transform group-open:rotate-180" />
                      </span>
                    </summary>
                    <ol className="border-t border-line px-5 py-2">
                      {module.lessons.map(lesson => (
                        <li key={lesson.id} className="flex items-center gap-3 py-2.5">
                          <LessonKindIcon kind={lesson.kind} label={lessonKindText(common, lesson)} />
                          <span className="min-w-0 flex-1">
                            {lesson.title}
                            {lesson.required ? null : (
                              <span className="ms-2 text-sm text-muted">({t('optional')})</span>
                            )}
                          </span>
                          <span className="text-sm whitespace-nowrap text-muted">
                            {durationText(common, lesson.durationMinutes)}
                          </span>
                        </li>
                      ))}
                    </ol>
                  </details>
                </li>
              ))}
            </ol>
          ) : (
            <p className="text-muted">{t('noOutline')}</p>
          )}
        </section>
      </div>
      <div className="sticky bottom-0 z-20 -mx-4 -mb-16 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-surface px-4 py-3 shadow-float lg:hidden [&>a]:flex-auto [&>button]:flex-auto">
        {way}
      </div>
    </div>
  )
}
