'use client'
import { Card } from '@azora/ui/card.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { OrderSeatsForm } from '@azora/web/seats/order-seats-form.tsx'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'
import { CourseSearch } from './course-search.tsx'
import type { SoldCourse } from './sold-course.ts'

type OrderSeatsProps = {
  institutionId: string
  termsDays: number
  courses: SoldCourse[]
  /** Whether the school has more courses than these. */
  isPart: boolean
}

/** Where a manager orders seats for their institution. */
export function OrderSeats({ institutionId, termsDays, courses: listed, isPart }: OrderSeatsProps) {
  const t = useTranslations('ownInstitution')
  const say = useToast()
  const router = useRouter()
  const [found, setFound] = useState<SoldCourse[] | null>(null)
  const [course, setCourse] = useState<SoldCourse | null>(null)
  const others = (found ?? listed).filter(({ id }) => id !== course?.id)
  const courses = course ? [course, ...others] : others
  return (
    <Card as="section" className="flex flex-col gap-4">
      <div>
        <h2 className="text-xl font-bold">{t('order')}</h2>
        <p className="mt-1 text-muted">{t('orderText', { n: termsDays })}</p>
      </div>
      <OrderSeatsForm
        call={call}
        institutionId={institutionId}
        courseId={course?.id ?? ''}
        currencies={course?.currencies ?? []}
        creditLeft={amount => t('creditLeft', { amount })}
        onOrdered={() => {
          setCourse(null)
          say(t('ordered'))
          router.refresh()
        }}
      >
        {isPart ? <CourseSearch onFound={setFound} /> : null}
        <NativeSelect
          label={t('course')}
          value={course?.id ?? ''}
          onChange={({ target }) => setCourse(courses.find(({ id }) => id === target.value) ?? null)}
          required
          options={[
            { id: '', label: found?.length === 0 ? t('noCourseFound') : t('chooseCourse') },
            ...courses.map(({ id, title }) => ({ id, label: title })),
          ]}
        />
      </OrderSeatsForm>
    </Card>
  )
}
