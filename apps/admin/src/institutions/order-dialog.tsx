import { Dialog } from '@azora/ui/dialog.tsx'
import { OrderSeatsForm } from '@azora/web/seats/order-seats-form.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { useCurrencies } from '../offers/choice.ts'
import { CourseChoice } from '../offers/course-choice.tsx'
import type { PickedCourse } from '../offers/found-courses.ts'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { Institution } from './institution.ts'

type Props = { institution: Institution; onClose: () => void; onOrdered: () => void }

/** Where the finance office orders seats for an institution. */
export function OrderDialog({ institution, onClose, onOrdered }: Props) {
  const t = useTranslations('accountOrders')
  const common = useTranslations('common')
  const currencies = useCurrencies([])
  const [course, setCourse] = useState<PickedCourse | null>(null)
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('newTitle', { name: institution.name })}
      closeLabel={common('close')}
    >
      <OrderSeatsForm
        call={call}
        institutionId={institution.id}
        courseId={course?.courseId ?? ''}
        currencies={currencies}
        creditLeft={amount => t('creditLeft', { amount })}
        onOrdered={onOrdered}
        actions={submit => <DialogButtons onCancel={onClose}>{submit}</DialogButtons>}
      >
        <CourseChoice label={t('course')} prompt={t('chooseCourse')} chosen={course} onChange={setCourse} />
      </OrderSeatsForm>
    </Dialog>
  )
}
