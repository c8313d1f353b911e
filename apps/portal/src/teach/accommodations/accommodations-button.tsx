'use client'
import { Button } from '@azora/ui/button.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'

// Only who opens it pays for its form.
const AccommodationsDialog = dynamic(() =>
  import('./accommodations-dialog.tsx').then(module => module.AccommodationsDialog),
)

/** Opens what single learners of a course were given: more time, more attempts, other dates. */
export function AccommodationsButton({ courseId }: { courseId: string }) {
  const t = useTranslations('accommodations')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="secondary" onPress={() => setOpen(true)}>
        {t('title')}
      </Button>
      {open ? <AccommodationsDialog courseId={courseId} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
