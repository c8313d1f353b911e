'use client'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'

// Anyone who looks at a certificate carries no form for the few who may revoke it.
const RevokeDialog = dynamic(() => import('./revoke-dialog.tsx').then(module => module.RevokeDialog))

/** For who teaches the course: revokes the certificate that the page shows, with a reason and a note. */
export function RevokeCertificate(certificate: { certificateId: string; recipientName: string }) {
  const t = useTranslations('certificate')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button variant="danger" onPress={() => setAsking(true)}>
        <Icon name="warning" />
        {t('revoke')}
      </Button>
      {asking ? <RevokeDialog {...certificate} onClose={() => setAsking(false)} /> : null}
    </>
  )
}
