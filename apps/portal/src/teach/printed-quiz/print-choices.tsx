import { limits } from '@azora/contracts/limits.ts'
import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { Button } from '@azora/ui/button.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { PrintButton } from '../../certificates/print-button.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { FormNumber } from '../preview/form-number.tsx'
import { mostSheets } from '../preview/quiz-variants.ts'

type PrintChoicesProps = {
  title: string
  editor: string
  /** Whether there are right answers that could be printed too, and whether they are. */
  answers: 'none' | 'left_out' | 'printed'
  /** The numbers of the variants that are printed; null where there are none. */
  variants: number[] | null
}

/** Above the sheet, and not printed: the way back to the quiz, whether answers are printed too, and the button. */
export async function PrintChoices({ title, editor, answers, variants }: PrintChoicesProps) {
  const printed = variants ? `variant=${variants[0]}&sheets=${variants.length}&` : ''
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
      {variants ? (
        <form action={`${editor}/print`} className="mb-5 flex flex-wrap items-end gap-3">
          {answers === 'printed' ? <input type="hidden" name="answers" value="yes" /> : null}
          <FormNumber label={t('firstVariant')} name="variant" most={limits.variants} value={variants[0]} />
          <FormNumber label={t('sheets')} name="sheets" most={mostSheets} value={variants.length} />
          <Button type="submit" variant="secondary">
            {t('showVariants')}
          </Button>
          <p className="w-full text-sm text-muted">{t('variantsHelp')}</p>
        </form>
      ) : null}
      <div className="flex flex-wrap gap-3">
        <ClientMessages of={['certificate']}>
          <PrintButton />
        </ClientMessages>
        {answers === 'none' ? null : (
          <LinkButton
            href={`${editor}/print?${printed}${answers === 'printed' ? '' : 'answers=yes'}`}
            variant="secondary"
          >
            {t(answers === 'printed' ? 'leaveAnswersOut' : 'addAnswers')}
          </LinkButton>
        )}
      </div>
    </div>
  )
}
