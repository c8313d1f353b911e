import { countriesIn } from '@azora/contracts/countries.ts'
import { may } from '@azora/contracts/permissions.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { useLocale } from '@azora/web/i18n/client.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { NotFound } from '@azora/web/shell/page-failure.tsx'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { AccountOrders } from './account-orders.tsx'
import { Amounts } from './amounts.tsx'
import type { Institution } from './institution.ts'
import { InstitutionDialog } from './institution-dialog.tsx'
import { Managers } from './managers.tsx'

/** An institution: what is known of it, who acts for it, and what it has ordered. */
export function InstitutionPage() {
  const t = useTranslations('institutions')
  const common = useTranslations('common')
  const say = useToast()
  const mayEdit = may(useAccount(), 'office:finance')
  const { institutionId = '' } = useParams()
  const [editing, setEditing] = useState(false)
  const { value, fault, missing, reload, replace } = useLoad(institutionId, signal =>
    call('payments.getInstitution', { institutionId }, { signal }),
  )
  if (missing) return <NotFound />
  return (
    <>
      <PageHeader
        above={
          <Link
            to="/institutions"
            className="inline-flex items-center gap-1 self-start py-1 text-sm text-muted hover:text-ink"
          >
            <Icon name="back" className="size-4!" />
            {t('back')}
          </Link>
        }
        title={value?.name ?? t('title')}
        description={value?.status === 'closed' ? <Badge>{t('status_closed')}</Badge> : null}
        actions={
          mayEdit && value ? (
            <Button variant="secondary" onPress={() => setEditing(true)}>
              {t('edit')}
            </Button>
          ) : null
        }
      />
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      {value ? (
        <div className="flex flex-col gap-6">
          <div className="grid gap-6 lg:grid-cols-2">
            <Details of={value} />
            <Managers institution={value} mayEdit={mayEdit} onChange={replace} />
          </div>
          <AccountOrders institution={value} mayEdit={mayEdit} onChange={reload} />
        </div>
      ) : fault ? null : (
        <Loading label={common('loading')} />
      )}
      {editing && value ? (
        <InstitutionDialog
          institution={value}
          onClose={() => setEditing(false)}
          onSaved={saved => {
            replace(saved)
            setEditing(false)
            say(t('saved'))
          }}
        />
      ) : null}
    </>
  )
}

function Details({ of }: { of: Institution }) {
  const t = useTranslations('institutions')
  const locale = useLocale()
  const country = countriesIn(locale).find(({ id }) => id === of.country)?.label ?? of.country
  return (
    <Card as="section" className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{t('details')}</h2>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[auto_1fr]">
        <Fact name={t('owes')}>
          <Amounts of={of.open} none={t('owesNothing')} />
        </Fact>
        <Fact name={t('limit')}>
          <Amounts of={of.creditLimits} none={t('noLimit')} />
        </Fact>
        <Fact name={t('terms')}>{t('days', { n: of.termsDays })}</Fact>
        <Fact name={t('legalName')}>{of.legalName}</Fact>
        <Fact name={t('address')}>
          {[...of.address, country].map((line, at) => (
            <span key={at} className="block">
              {line}
            </span>
          ))}
        </Fact>
        {of.taxNumber ? <Fact name={t('taxNumber')}>{of.taxNumber}</Fact> : null}
        <Fact name={t('billingEmail')}>
          <span className="break-all">{of.billingEmail}</span>
        </Fact>
      </dl>
    </Card>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-sm text-muted">{name}</dt>
    <dd className="max-sm:-mt-2">{children}</dd>
  </>
)
