'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { fetchCourse, type Kept, keepVideos, keptOf, removeCourse } from './kept-courses.ts'

type KeepCourseProps = { courseId: string; title: string; address: string; lessonAddresses: string[] }

/** Puts a whole course on this device, tells how large it is, and takes it off again. */
export function KeepCourse(course: KeepCourseProps) {
  const t = useTranslations('keep')
  const locale = useLocale()
  const [able, setAble] = useState(false)
  const [kept, setKept] = useState<Kept | null>(null)
  const [done, setDone] = useState<{ done: number; count: number } | null>(null)
  const [fault, setFault] = useState<'noRoom' | null>(null)
  useEffect(() => {
    if (!('caches' in globalThis)) return
    setAble(true)
    void keptOf(course.courseId).then(setKept)
  }, [course.courseId])
  if (!able) return null

  const run = async (work: (tell: (done: number, count: number) => void) => Promise<Kept>) => {
    setFault(null)
    setDone({ done: 0, count: 1 })
    try {
      setKept(await work((done, count) => setDone({ done, count })))
    } catch (failure) {
      if ((failure as DOMException).name !== 'QuotaExceededError') throw failure
      setFault('noRoom')
    } finally {
      setDone(null)
    }
  }
  const remove = async () => {
    await removeCourse(course.courseId)
    setKept(null)
  }
  return (
    <section
      aria-labelledby="keep"
      className="flex flex-col gap-4 rounded-card border border-line bg-surface p-5"
    >
      <h2 id="keep" className="flex items-center gap-2.5 font-bold">
        <Icon name="download" className="text-accent" />
        {t('title')}
      </h2>
      <p className="text-sm text-muted">{t('text')}</p>
      {fault ? (
        <Notice tone="error" live>
          {t(fault)}
        </Notice>
      ) : null}
      {done ? (
        <ProgressBar
          label={t('keeping', done)}
          percent={(100 * done.done) / done.count}
          note={kept ? sizeText(locale, kept.bytes) : undefined}
        />
      ) : kept ? (
        <>
          <p role="status" className="flex items-center gap-2 text-sm font-semibold text-good-ink">
            <Icon name="check" />
            {t('kept', { size: sizeText(locale, kept.bytes) })}
          </p>
          {kept.missed > 0 ? <Notice tone="warning">{t('failed', { count: kept.missed })}</Notice> : null}
          {kept.videos.length > 0 ? (
            <div className="flex flex-col gap-2">
              <p className="text-sm text-muted">
                {t('videos', {
                  count: kept.videos.length,
                  size: sizeText(
                    locale,
                    kept.videos.reduce((sum, video) => sum + video.bytes, 0),
                  ),
                })}
              </p>
              <Button variant="secondary" size="small" onPress={() => run(tell => keepVideos(course, tell))}>
                {t('keepVideos')}
              </Button>
            </div>
          ) : null}
          <div className="flex flex-wrap gap-2">
            <Button variant="secondary" size="small" onPress={() => run(tell => fetchCourse(course, tell))}>
              {t('update')}
            </Button>
            <Button variant="quiet" size="small" onPress={remove}>
              {t('remove')}
            </Button>
          </div>
        </>
      ) : (
        <Button variant="secondary" onPress={() => run(tell => fetchCourse(course, tell))}>
          {t('keep')}
        </Button>
      )}
    </section>
  )
}
