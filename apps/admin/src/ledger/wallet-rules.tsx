import { toDecimal } from '@azora/contracts/money.ts'
import { Card } from '@azora/ui/card.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { AmountFields, amountsIn } from '@azora/web/amounts/amount-fields.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'

const senders = ['nobody', 'staff', 'everyone'] as const

type Known = { settings: OutputOf<'mint.getWalletSettings'>; currencies: string[] }

/** Who may send money from wallet to wallet, and how much in a day. */
export function WalletRules({ mayChange }: { mayChange: boolean }) {
  const t = useTranslations('ledgerRules')
  const common = useTranslations('common')
  const { value, fault, reload } = useLoad<Known>('wallet rules', async signal => {
    const [settings, { currencies }] = await Promise.all([
      call('mint.getWalletSettings', {}, { signal }),
      call('payments.getPaymentSettings', {}, { signal }),
    ])
    const all = new Set([...currencies, ...settings.limits.map(({ currency }) => currency)])
    return { settings, currencies: [...all] }
  })
  if (fault) return <Failed fault={fault} onRetry={reload} />
  if (!value) return <Loading label={common('loading')} />
  return (
    <Card as="section" className="flex flex-col gap-4">
      <div>
        <h2 className="text-xl font-bold">{t('wallets')}</h2>
        <p className="mt-1 max-w-2xl text-muted">{t('walletsText')}</p>
      </div>
      <WalletForm known={value} mayChange={mayChange} />
    </Card>
  )
}

function WalletForm({ known, mayChange }: { known: Known; mayChange: boolean }) {
  const t = useTranslations('ledgerRules')
  const common = useTranslations('common')
  const say = useToast()
  const { settings, currencies } = known
  const save = async (data: FormData) => {
    const limits = amountsIn(data, currencies, {
      notAnAmount: currency => t('notAnAmount', { example: toDecimal({ amountMinor: 50_000, currency }) }),
    })
    await call('mint.saveWalletSettings', {
      senders: senders.find(one => one === data.get('senders')) ?? 'nobody',
      limits,
    })
    say(t('savedWallets'))
  }
  return (
    <Form onSubmit={save} failure={common('connectionLost')}>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <NativeSelect
          label={t('senders')}
          name="senders"
          defaultValue={settings.senders}
          disabled={!mayChange}
          options={senders.map(id => ({ id, label: t(`senders_${id}`) }))}
        />
        <AmountFields
          currencies={currencies}
          amounts={settings.limits}
          label={currency => t('limitIn', { currency })}
          description={() => t('limitHelp')}
          isDisabled={!mayChange}
        />
      </div>
      {mayChange ? (
        <div>
          <SubmitButton variant="secondary">{t('saveWallets')}</SubmitButton>
        </div>
      ) : null}
    </Form>
  )
}
