import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useTranslations } from '../messages.ts'
import { ListState } from '../shell/list-state.tsx'
import { SecretOnce } from './secret-once.tsx'

type SecretsPageProps<Item> = {
  /** The texts of the page. */
  of: 'keys' | 'clients' | 'webhooks'
  icon: IconName
  list: { items: Item[]; fault: string | null; loading: boolean; reload: () => void }
  /** What a call about one of the items was refused with. */
  fault?: string | null
  /** The form for another one. It calls `made` when there is one. */
  form: (made: () => void) => ReactNode
  /** What was made just now, while its secret can be seen. */
  shown: { title: string; secrets: { label: string; value: string }[]; use: ReactNode } | null
  onKept: () => void
  children: (items: Item[]) => ReactNode
  /** What follows the list. */
  after?: ReactNode
}

/** A page of things that have a secret: the list, a form for another one, and the secret the one time it is shown. */
export function SecretsPage<Item>(props: SecretsPageProps<Item>) {
  const { of, icon, list, fault, form, shown, onKept, children, after } = props
  const t = useTranslations(of)
  const [search, setSearch] = useSearchParams()
  const making = search.get('new') === '1'
  const close = () => setSearch({}, { replace: true })
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          making ? null : (
            <Button onPress={() => setSearch({ new: '1' })}>
              <Icon name="plus" />
              {t('new')}
            </Button>
          )
        }
      />
      {shown ? (
        <SecretOnce title={shown.title} secrets={shown.secrets} onDone={onKept}>
          {shown.use}
        </SecretOnce>
      ) : null}
      {making ? (
        <Card as="section" className="mb-8 max-w-3xl">
          <h2 className="mb-5 text-lg font-bold">{t('newTitle')}</h2>
          {form(() => {
            close()
            list.reload()
          })}
          <p className="mt-3">
            <Button variant="quiet" onPress={close}>
              {t('cancel')}
            </Button>
          </p>
        </Card>
      ) : null}
      {fault ? (
        <div className="mb-4">
          <Notice tone="error" live>
            {fault}
          </Notice>
        </div>
      ) : null}
      <ListState
        list={list}
        empty={
          <EmptyState icon={icon} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        }
      >
        {children}
      </ListState>
      {after}
    </>
  )
}
