import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { DataTable } from '@azora/ui/data-table.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useAction } from '@azora/web/calls/use-action.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { SecretsPage } from '../secrets/secrets-page.tsx'
import { useList } from '../shell/use-list.ts'
import { useTitle } from '../shell/use-title.ts'
import { keepOwnKey } from '../try-it/own-key.ts'
import { CreateKeyForm, type MadeKey } from './create-key-form.tsx'
import { ScopeList } from './scope-list.tsx'

type Key = OutputOf<'auth.listApiKeys'>['items'][number]

const stateOf = ({ revokedAt, expiresAt }: Key) =>
  revokedAt ? 'revoked' : expiresAt && Date.parse(expiresAt) < Date.now() ? 'expired' : 'live'

/** Someone's own API keys. */
export function KeysPage() {
  const t = useTranslations('keys')
  useTitle(t('title'))
  const say = useToast()
  const list = useList(signal => call('auth.listApiKeys', {}, { signal }))
  const { run, fault } = useAction()
  const [made, setMade] = useState<MadeKey | null>(null)
  const [ending, setEnding] = useState<Key | null>(null)
  return (
    <>
      <SecretsPage
        of="keys"
        icon="key"
        list={list}
        fault={fault}
        form={done => (
          <CreateKeyForm
            onMade={key => {
              setMade(key)
              done()
            }}
          />
        )}
        shown={
          made && {
            title: t('made', { name: made.name }),
            secrets: [{ label: t('secret'), value: made.secret }],
            use: <UseItHere secret={made.secret} />,
          }
        }
        onKept={() => setMade(null)}
        after={
          <p className="mt-8 text-muted">
            {t('moreAbout')}{' '}
            <Link to="/guides/authentication" className="text-accent-ink underline underline-offset-3">
              {t('guide')}
            </Link>
          </p>
        }
      >
        {items => (
          <DataTable
            caption={t('title')}
            rows={items}
            rowKey={key => key.id}
            isBusy={list.loading}
            columns={[
              {
                id: 'name',
                header: t('name'),
                rowHeader: true,
                cell: key => (
                  <>
                    {key.name}
                    <code className="block font-mono text-[0.8rem] font-normal text-muted">
                      {key.prefix}…
                    </code>
                  </>
                ),
              },
              { id: 'scopes', header: t('scopes'), cell: key => <ScopeList scopes={key.scopes} /> },
              {
                id: 'used',
                header: t('lastUsed'),
                cell: key => (key.lastUsedAt ? <Moment time={key.lastUsedAt} /> : t('never')),
              },
              { id: 'state', header: t('state'), cell: key => <KeyState of={key} /> },
              {
                id: 'actions',
                header: t('actions'),
                headerHidden: true,
                align: 'end',
                cell: key =>
                  stateOf(key) === 'live' ? (
                    <Button
                      variant="danger"
                      size="small"
                      aria-label={t('revokeOne', { name: key.name })}
                      onPress={() => setEnding(key)}
                    >
                      {t('revoke')}
                    </Button>
                  ) : null,
              },
            ]}
          />
        )}
      </SecretsPage>
      <ConfirmDialog
        isOpen={ending !== null}
        onOpenChange={open => !open && setEnding(null)}
        title={t('revokeTitle', { name: ending?.name ?? '' })}
        confirmLabel={t('revoke')}
        cancelLabel={t('keep')}
        danger
        onConfirm={async () => {
          if (!ending) return
          const ended = await run(async () => void (await call('auth.revokeApiKey', { keyId: ending.id })))
          if (ended) say(t('endedNow'))
          list.reload()
        }}
      >
        {t('revokeText')}
      </ConfirmDialog>
    </>
  )
}

function KeyState({ of: key }: { of: Key }) {
  const t = useTranslations('keys')
  const state = stateOf(key)
  return (
    <span className="flex flex-col items-start gap-1 max-md:items-end">
      <Badge tone={state === 'live' ? 'good' : 'neutral'}>{t(state)}</Badge>
      {state === 'live' ? (
        <span className="text-sm text-muted">
          {key.expiresAt ? (
            <>
              {t('until')} <Moment time={key.expiresAt} />
            </>
          ) : (
            t('noEnd')
          )}
        </span>
      ) : null}
    </span>
  )
}

/** Lets the pages of the reference call with a new key at once. */
export function UseItHere({ secret }: { secret: string }) {
  const t = useTranslations('keys')
  const [used, setUsed] = useState(false)
  if (used)
    return (
      <p role="status" className="flex items-center gap-2 font-medium text-good-ink">
        <Icon name="check" />
        {t('usedHere')}
      </p>
    )
  return (
    <p>
      <Button
        variant="secondary"
        onPress={() => {
          keepOwnKey(secret)
          setUsed(true)
        }}
      >
        {t('useHere')}
      </Button>
    </p>
  )
}
