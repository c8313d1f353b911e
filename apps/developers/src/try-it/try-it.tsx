import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { DraftNotice } from '@azora/web/drafts/draft-notice.tsx'
import { useDraft } from '@azora/web/drafts/use-draft.ts'
import { signInAddress, useOptionalAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { Snippets } from '../code/snippets.tsx'
import type { Operation } from '../document/api-document.ts'
import { useTranslations } from '../messages.ts'
import { AnswerView } from './answer-view.tsx'
import { BodyField } from './body-field.tsx'
import { checkBody } from './check-body.ts'
import { type CallAs, CredentialChoice } from './credential-choice.tsx'
import { isDangerous } from './danger.ts'
import { useOwnKey } from './own-key.ts'
import { ParameterFields } from './parameter-fields.tsx'
import { buildRequest, type Filled, missing, startOf } from './request.ts'
import { snippetsOf } from './snippets.ts'
import { StreamView } from './stream-view.tsx'
import { useCall } from './use-call.ts'

function isFilled(value: unknown): value is Filled {
  const { values, body } = (value ?? {}) as Partial<Filled>
  return typeof body === 'string' && typeof values === 'object' && values !== null
}

/** Fills in an operation, sends it, and shows what came back. */
export function TryIt({ operation }: { operation: Operation }) {
  const t = useTranslations('tryIt')
  const key = useOwnKey()
  const account = useOptionalAccount()
  const { send, stop, pending, fault, answer, stream } = useCall()
  const [filled, setFilled] = useState<Filled>(() => startOf(operation))
  const draft = useDraft({
    thing: `try:${operation.method} ${operation.path}`,
    value: filled,
    base: JSON.stringify(startOf(operation)),
    isValue: isFilled,
    onRestore: setFilled,
    asks: false,
  })
  const [file, setFile] = useState<File | null>(null)
  const [as, setAs] = useState<CallAs>(operation.interactive && account ? 'session' : 'key')
  const [tried, setTried] = useState(false)
  const [asking, setAsking] = useState(false)
  const isPublic = operation.access === 'public'
  const bytes = operation.bodyKind === 'bytes'
  const absent = missing(operation, filled)
  const faults = operation.body && filled.body.trim() ? checkBody(operation.body, filled.body) : []
  // A body that is not JSON cannot be sent as JSON; any other fault is the API's to judge, and worth seeing.
  const isReady =
    absent.length === 0 && !faults.some(({ kind }) => kind === 'json') && (!bytes || file !== null)
  const needsKey = !isPublic && as === 'key' && key === null

  const sendNow = () => send(buildRequest(operation, filled), as === 'key' && !isPublic ? key : null, file)
  const submit = () => {
    setTried(true)
    if (!isReady || needsKey) return
    if (isDangerous(operation)) setAsking(true)
    else void sendNow()
  }
  return (
    <div className="grid items-start gap-x-8 gap-y-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
      <form
        // What the API refuses is worth seeing here, so the browser holds nothing back.
        noValidate
        className="flex min-w-0 flex-col gap-6"
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <DraftNotice draft={draft} />
        {isPublic ? (
          <p className="text-muted">{t('noKeyNeeded')}</p>
        ) : operation.interactive && !account ? (
          <Notice>
            {t('signInForSession')}{' '}
            <a href={signInAddress()} className="underline underline-offset-3">
              {t('signIn')}
            </a>
          </Notice>
        ) : (
          <CredentialChoice chosen={as} onChoose={setAs} />
        )}
        {operation.interactive && account ? <Notice>{t('interactive')}</Notice> : null}
        <ParameterFields
          operation={operation}
          values={filled.values}
          absent={tried ? absent : []}
          onChange={(name, value) => setFilled({ ...filled, values: { ...filled.values, [name]: value } })}
        />
        {operation.body ? (
          <BodyField
            operation={operation}
            value={filled.body}
            faults={faults}
            onChange={body => setFilled({ ...filled, body })}
          />
        ) : null}
        {bytes ? (
          <label className="flex flex-col gap-1.5">
            <span className="text-sm font-semibold">{t('file')}</span>
            <input
              type="file"
              onChange={event => setFile(event.target.files?.[0] ?? null)}
              className="rounded-control border border-edge bg-surface p-2.5"
            />
          </label>
        ) : null}
        {tried && needsKey ? (
          <Notice tone="warning" live>
            {t('needsKey')}
          </Notice>
        ) : null}
        {tried && !needsKey && !isReady ? (
          <Notice tone="warning" live>
            {absent.length > 0 ? t('fillIn', { names: absent.join(', ') }) : t('mend')}
          </Notice>
        ) : null}
        <p>
          <Button type="submit" size="large" isPending={pending}>
            <Icon name="forward" />
            {t('send')}
          </Button>
        </p>
        {fault ? (
          <Notice tone="error" live>
            {fault}
          </Notice>
        ) : null}
        {answer ? (
          <AnswerView answer={answer}>
            {stream ? <StreamView stream={stream} onStop={stop} /> : null}
          </AnswerView>
        ) : null}
      </form>
      <div className="flex min-w-0 flex-col gap-3 xl:sticky xl:top-20">
        <Snippets
          title={t('same')}
          snippets={snippetsOf(operation, filled, {
            origin: location.origin,
            key: as === 'key' ? key : null,
          })}
        />
        {key && as === 'key' && !isPublic ? <p className="text-sm text-muted">{t('holdsKey')}</p> : null}
      </div>
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('sure')}
        confirmLabel={t('sendIt')}
        cancelLabel={t('keep')}
        danger
        onConfirm={async () => void (await sendNow())}
      >
        <p>{t('sureText')}</p>
        <p className="mt-3 rounded-control bg-sunken p-3 font-mono text-sm [overflow-wrap:anywhere]">
          {operation.method} {buildRequest(operation, filled).path}
        </p>
      </ConfirmDialog>
    </div>
  )
}
