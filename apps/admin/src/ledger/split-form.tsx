import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { faultsAt } from '@azora/web/calls/form-faults.ts'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { typedBasisPoints } from './percent.ts'

/** The rule by which what a course brings is shared out. */
const saleRule = 'course_sale'

const parts = ['platform', 'school', 'instructor'] as const

/** A new version of the rule, which counts from now on. */
export function SplitForm({ onAdded }: { onAdded: () => void }) {
  const t = useTranslations('ledgerRules')
  const common = useTranslations('common')
  const say = useToast()
  const add = async (data: FormData) => {
    const points = (name: string) => typedBasisPoints(String(data.get(name) ?? ''))
    const fields = [...parts.map(part => `shares.${part}`), 'taxBasisPoints']
    const wrong = fields.filter(name => points(name) === null)
    if (wrong.length > 0) throw faultsAt(wrong.map(path => ({ path, message: t('notPercent') })))
    const share = (part: (typeof parts)[number]) => points(`shares.${part}`) ?? 0
    const { version } = await call('mint.createSplitRule', {
      name: saleRule,
      taxBasisPoints: points('taxBasisPoints') ?? 0,
      shares: { platform: share('platform'), school: share('school'), instructor: share('instructor') },
    })
    say(t('saved', { version }))
    onAdded()
  }
  return (
    <Form onSubmit={add} failure={common('connectionLost')}>
      <div>
        <h3 className="font-semibold">{t('add')}</h3>
        <p className="text-sm text-muted">{t('addText')}</p>
      </div>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {parts.map(part => (
          <TextField
            key={part}
            name={`shares.${part}`}
            label={`${t(part)} (%)`}
            inputMode="decimal"
            isRequired
          />
        ))}
        <TextField
          name="taxBasisPoints"
          label={`${t('tax')} (%)`}
          description={t('taxHelp')}
          defaultValue="0"
          inputMode="decimal"
          isRequired
        />
      </div>
      <div>
        <SubmitButton>{t('save')}</SubmitButton>
      </div>
    </Form>
  )
}
