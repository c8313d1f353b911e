import { errorCodes } from '@azora/contracts/errors.ts'
import { Table } from '@azora/ui/table.tsx'
import { useTranslations } from '../messages.ts'

/** Every code with which the API refuses. */
export function ErrorCodes() {
  const t = useTranslations('reference')
  return (
    <section aria-labelledby="errors" className="mt-12 flex flex-col gap-3">
      <h2 id="errors" className="scroll-mt-20 text-xl font-bold">
        {t('errors')}
      </h2>
      <p className="max-w-2xl text-muted">{t('errorsText')}</p>
      <Table
        caption={t('errors')}
        captionHidden
        rows={Object.entries(errorCodes)}
        rowKey={([code]) => code}
        columns={[
          {
            id: 'code',
            header: t('code'),
            rowHeader: true,
            cell: ([code]) => <code className="font-mono text-sm">{code}</code>,
          },
          { id: 'status', header: t('status'), align: 'end', cell: ([, error]) => error.status },
          { id: 'meaning', header: t('meaning'), cell: ([, error]) => error.message },
        ]}
      />
    </section>
  )
}
