'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'

// A certificate follows from events and takes a moment; after this many looks it is not coming now.
const mostLooks = 12
const betweenLooksMs = 1500

/** Looks whether what was just passed completes the course, and shows the certificate when it has come. */
export function NewCertificate({ course }: { course: string }) {
  const t = useTranslations('quiz')
  const [certificateId, setCertificateId] = useState<string | null>(null)
  const [looking, setLooking] = useState(true)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let here = true
    const look = async (left: number): Promise<void> => {
      const page = await call('education.getCoursePage', { course }).catch(() => null)
      if (!here) return
      const id = page?.enrollment.certificateId ?? null
      setCertificateId(id)
      const everything = page?.modules.every(({ lessons }) =>
        lessons.every(one => one.completed || !one.required),
      )
      // With required lessons still open there is nothing to wait for, once the quiz itself has been counted.
      const hopeless = page && !everything && left < mostLooks - 3
      if (id || hopeless || left <= 1) setLooking(false)
      else timer = setTimeout(() => void look(left - 1), betweenLooksMs)
    }
    void look(mostLooks)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [course])
  return (
    <div role="status">
      {certificateId ? (
        <div className="flex flex-col items-start gap-4 rounded-card border border-amber/60 bg-surface p-6 shadow-card sm:flex-row sm:items-center sm:justify-between">
          <p className="flex items-center gap-3 text-lg font-semibold">
            <Icon name="award" className="size-8! text-amber-ink" />
            {t('certificate')}
          </p>
          <LinkButton href={`/certificates/${certificateId}`} className="shrink-0">
            {t('showCertificate')}
          </LinkButton>
        </div>
      ) : looking ? (
        <p className="flex items-center gap-3 text-sm text-muted">
          <Spinner />
          {t('waitCertificate')}
        </p>
      ) : null}
    </div>
  )
}
