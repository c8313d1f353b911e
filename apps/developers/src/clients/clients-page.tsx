import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { DataTable } from '@azora/ui/data-table.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useAction } from '@azora/web/calls/use-action.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { CodeBlock } from '../code/code-block.tsx'
import { ScopeList } from '../keys/scope-list.tsx'
import { useTranslations } from '../messages.ts'
import { SecretsPage } from '../secrets/secrets-page.tsx'
import { ForManagers } from '../shell/not-allowed.tsx'
import { useList } from '../shell/use-list.ts'
import { useTitle } from '../shell/use-title.ts'
import { CreateClientForm, type MadeClient } from './create-client-form.tsx'
import { tokenRequest } from './token-request.ts'

type Client = OutputOf<'auth.listOauthClients'>['items'][number]

const stateOf = ({ revokedAt, secretWithdrawnAt }: Client) =>
  revokedAt ? 'ended' : secretWithdrawnAt ? 'withdrawn' : 'live'
const tones = { live: 'good', withdrawn: 'amber', ended: 'neutral' } as const

/** The OAuth clients of the school. */
export function ClientsPage() {
  const t = useTranslations('clients')
  useTitle(t('title'))
  return (
    <ForManagers title={t('title')} about={t('description')}>
      <Clients />
    </ForManagers>
  )
}

function Clients() {
  const t = useTranslations('clients')
  const say = useToast()
  const list = useList(signal => call('auth.listOauthClients', {}, { signal }))
  const { run, fault } = useAction()
  const [made, setMade] = useState<MadeClient | null>(null)
  const [asked, setAsked] = useState<{ client: Client; about: 'rotate' | 'revoke' } | null>(null)
  const confirm = () =>
    run(async () => {
      if (!asked) return
      const clientId = asked.client.id
      if (asked.about === 'rotate') setMade(await call('auth.rotateOauthClientSecret', { clientId }))
      else {
        await call('auth.revokeOauthClient', { clientId })
        say(t('revoked'))
      }
      list.reload()
    })
  return (
    <>
      <SecretsPage
        of="clients"
        icon="shield"
        list={list}
        fault={fault}
        form={done => (
          <CreateClientForm
            onMade={client => {
              setMade(client)
              done()
            }}
          />
        )}
        shown={
          made && {
            title: t('made', { name: made.name }),
            secrets: [
              { label: t('clientId'), value: made.id },
              { label: t('clientSecret'), value: made.secret },
            ],
            use: (
              <CodeBlock
                title={t('fetchToken')}
                language="shell"
                code={tokenRequest(location.origin, made.id, made.secret)}
              />
            ),
          }
        }
        onKept={() => setMade(null)}
        after={<HowToUse />}
      >
        {items => (
          <DataTable
            caption={t('title')}
            rows={items}
            rowKey={client => client.id}
            isBusy={list.loading}
            columns={[
              {
                id: 'name',
                header: t('name'),
                rowHeader: true,
                cell: client => (
                  <>
                    {client.name}
                    <code className="block font-mono text-[0.8rem] font-normal text-muted [overflow-wrap:anywhere]">
                      {client.id}
                    </code>
                  </>
                ),
              },
              {
                id: 'may',
                header: t('may'),
                cell: client => (
                  <span className="flex flex-col gap-1.5">
                    <span className="text-sm">{client.roles.map(role => t(`role_${role}`)).join(', ')}</span>
                    <ScopeList scopes={client.scopes} />
                  </span>
                ),
              },
              {
                id: 'used',
                header: t('lastUsed'),
                cell: client => (client.lastUsedAt ? <Moment time={client.lastUsedAt} /> : t('never')),
              },
              {
                id: 'state',
                header: t('state'),
                cell: client => <Badge tone={tones[stateOf(client)]}>{t(stateOf(client))}</Badge>,
              },
              {
                id: 'actions',
                header: t('actions'),
                headerHidden: true,
                align: 'end',
                cell: client =>
                  client.revokedAt ? null : (
                    <span className="flex flex-wrap justify-end gap-2 xl:flex-nowrap xl:whitespace-nowrap">
                      <Button
                        variant="secondary"
                        size="small"
                        aria-label={t('rotateOne', { name: client.name })}
                        onPress={() => setAsked({ client, about: 'rotate' })}
                      >
                        {t('rotate')}
                      </Button>
                      <Button
                        variant="danger"
                        size="small"
                        aria-label={t('revokeOne', { name: client.name })}
                        onPress={() => setAsked({ client, about: 'revoke' })}
                      >
                        {t('revoke')}
                      </Button>
                    </span>
                  ),
              },
            ]}
          />
        )}
      </SecretsPage>
      <ConfirmDialog
        isOpen={asked !== null}
        onOpenChange={open => !open && setAsked(null)}
        title={t(asked?.about === 'rotate' ? 'rotateTitle' : 'revokeTitle', {
          name: asked?.client.name ?? '',
        })}
        confirmLabel={t(asked?.about === 'rotate' ? 'rotate' : 'revoke')}
        cancelLabel={t('keep')}
        danger
        onConfirm={async () => void (await confirm())}
      >
        {t(asked?.about === 'rotate' ? 'rotateText' : 'revokeText')}
      </ConfirmDialog>
    </>
  )
}

function HowToUse() {
  const t = useTranslations('clients')
  return (
    <section className="mt-10 flex max-w-3xl flex-col gap-4">
      <h2 className="text-lg font-bold">{t('how')}</h2>
      <p>{t('howText')}</p>
      <CodeBlock
        title={t('fetchToken')}
        language="shell"
        code={tokenRequest(location.origin, '$AZORA_CLIENT_ID', '$AZORA_CLIENT_SECRET')}
      />
      <p>{t('thenText')}</p>
      <CodeBlock
        title={t('callWithToken')}
        language="shell"
        code={`curl '${location.origin}/api/v1/education/courses' \\\n  -H "authorization: Bearer $TOKEN"`}
      />
    </section>
  )
}
