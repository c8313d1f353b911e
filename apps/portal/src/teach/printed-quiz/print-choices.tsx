import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { PrintButton } from '../../certificates/print-button.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'

type PrintChoicesProps = {
  title: string
  editor: string
  /** Whether there are right answers that could be printed too, and whether they are. */
  answers: 'none' | 'left_out' | 'printed'
}

/** Above the sheet, and not printed: the way back to the quiz, whether answers are printed too, and the button. */
export async function PrintChoices({ title, editor, answers }: PrintChoicesProps) {
  const [t, common] = await Promise.all([getTranslations('printedQuiz'), getTranslations('common')])
  return (
    <div className="print-hidden">
      <PageHeader
        above={
          <Breadcrumbs
            label={common('breadcrumbs')}
            items={[{ label: title, href: editor }, { label: t('title') }]}
          />
        }
        title={t('title')}
        description={t('text')}
      />
      <div className="flex flex-wrap gap-3">
        <ClientMessages of={['certificate']}>
          <PrintButton />
        </ClientMessages>
        {answers === 'none' ? null : (
          <LinkButton
            href={answers === 'printed' ? `${editor}/print` : `${editor}/print?answers=yes`}
            variant="secondary"
          >
            {t(answers === 'printed' ? 'leaveAnswersOut' : 'addAnswers')}
          </LinkButton>
        )}
      </div>
    </div>
  )
}
