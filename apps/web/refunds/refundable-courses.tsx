'use client'
import { formatMoney, type Money } from '@azora/contracts/money.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { useLocale } from '../i18n/client.tsx'

type RefundableCoursesProps = {
  label: string
  description?: string
  courses: readonly { courseId: string; title: string; refundable: Money }[]
  chosen: string[]
  onChange: (chosen: string[]) => void
}

/** The courses of an order, each with what of it can go back. In a form their field is `courseIds`. */
export function RefundableCourses({ courses, chosen, ...group }: RefundableCoursesProps) {
  const locale = useLocale()
  return (
    <CheckboxGroup name="courseIds" value={chosen} {...group}>
      {courses.map(({ courseId, title, refundable }) => (
        <Checkbox key={courseId} value={courseId}>
          <span className="flex flex-wrap justify-between gap-x-4">
            <span className="min-w-0 wrap-anywhere">{title}</span>
            <span className="ms-auto tabular-nums">{formatMoney(refundable, locale)}</span>
          </span>
        </Checkbox>
      ))}
    </CheckboxGroup>
  )
}
