import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'

/** Downloads an invoice or a credit note of the school. */
export function PdfButton({ id, number }: { id: string; number: string }) {
  const t = useTranslations('invoices')
  const say = useToast()
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const download = () =>
    run(async () => {
      // The browser itself fetches the file, and cannot renew a spent session: this does.
      await call('auth.me', {})
      location.assign(`/api/v1/payments/school-invoices/${id}/document.pdf`)
    })
  return (
    <Button
      variant="secondary"
      size="small"
      aria-label={t('pdfOf', { number })}
      onPress={download}
      isPending={pending}
    >
      <Icon name="download" />
      {t('pdf')}
    </Button>
  )
}
