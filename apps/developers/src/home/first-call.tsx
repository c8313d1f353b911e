import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { signInAddress, useOptionalAccount } from '@azora/web/session/signed-in.tsx'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { CodeBlock } from '../code/code-block.tsx'
import { Snippets } from '../code/snippets.tsx'
import { Written } from '../code/written.tsx'
import { useTranslations } from '../messages.ts'
import { AnswerView } from '../try-it/answer-view.tsx'
import { keepOwnKey, shortened, useOwnKey } from '../try-it/own-key.ts'
import { type Answer, send } from '../try-it/send.ts'
import { firstCallSnippets } from './first-call-snippets.ts'

// Long enough to look around, short enough that a key nobody remembers ends by itself.
const days = 30

/** Three steps to an answer: a key, a call, and what came back. */
export function FirstCall() {
  const t = useTranslations('firstCall')
  const key = useOwnKey()
  const account = useOptionalAccount()
  const [made, setMade] = useState<string | null>(null)
  const { run, pending, fault } = useAction()
  const running = useAction()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const make = () =>
    run(async () => {
      const { secret } = await call('auth.createApiKey', {
        name: t('keyName'),
        scopes: ['auth:read', 'education:read'],
        expiresInDays: days,
      })
      keepOwnKey(secret)
      setMade(secret)
    })
  const runIt = () =>
    running.run(async () => {
      setAnswer(null)
      setAnswer(await send({ method: 'GET', path: '/api/v1/auth/me', headers: {}, body: null }, key, null))
    })
  return (
    <section aria-labelledby="first-call">
      <h2 id="first-call" className="text-title font-bold">
        {t('title')}
      </h2>
      <ol className="mt-6 flex flex-col gap-5">
        <Step number={1} title={t('key')} isDone={key !== null}>
          <p className="text-muted">
            <Written text={t('keyText', { days })} />
          </p>
          {made && made === key ? (
            <>
              <Notice tone="success" live>
                {t('keyMade')}
              </Notice>
              <CodeBlock title={t('yourKey')} language="http" code={made} />
            </>
          ) : key ? (
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Icon name="check" className="text-good" />
              {t('keyHere')} <code className="font-mono text-sm">{shortened(key)}</code>
              <Button variant="quiet" size="small" onPress={() => keepOwnKey(null)}>
                {t('otherKey')}
              </Button>
            </p>
          ) : (
            <p>
              {account ? (
                <Button onPress={make} isPending={pending}>
                  <Icon name="key" />
                  {t('makeKey')}
                </Button>
              ) : (
                <LinkButton href={signInAddress()}>{t('signIn')}</LinkButton>
              )}
            </p>
          )}
          {fault ? (
            <Notice tone="error" live>
              {fault}
            </Notice>
          ) : null}
        </Step>
        <Step number={2} title={t('call')} isDone={answer !== null}>
          <p className="text-muted">
            <Written text={t('callText')} />
          </p>
          <Snippets title={t('call')} snippets={firstCallSnippets(location.origin, key)} />
          {key ? null : <p className="text-sm text-muted">{t('keyMissing')}</p>}
        </Step>
        <Step number={3} title={t('answer')} isDone={answer?.status === 200}>
          <p className="text-muted">{t('answerText')}</p>
          <p>
            <Button onPress={runIt} isPending={running.pending} isDisabled={key === null}>
              <Icon name="forward" />
              {t('run')}
            </Button>
          </p>
          {running.fault ? (
            <Notice tone="error" live>
              {running.fault}
            </Notice>
          ) : null}
          {answer ? <AnswerView answer={answer} /> : null}
          {answer?.status === 200 ? (
            <p className="font-medium">
              {t('done')}{' '}
              <Link to="/reference" className="text-accent-ink underline underline-offset-3">
                {t('goOn')}
              </Link>
            </p>
          ) : null}
        </Step>
      </ol>
    </section>
  )
}

type StepProps = { number: number; title: string; isDone: boolean; children: ReactNode }

function Step({ number, title, isDone, children }: StepProps) {
  const t = useTranslations('firstCall')
  return (
    <Card as="li" className="flex flex-col gap-4 sm:flex-row sm:gap-5">
      <span
        aria-hidden="true"
        className={`grid size-10 shrink-0 place-items-center rounded-full text-lg font-bold ${isDone ? 'bg-accent text-on-accent' : 'bg-accent-soft text-accent-ink'}`}
      >
        {isDone ? <Icon name="check" /> : number}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-4">
        <h3 className="text-lg font-bold sm:pt-1.5">
          {title}
          {isDone ? <span className="sr-only"> ({t('isDone')})</span> : null}
        </h3>
        {children}
      </div>
    </Card>
  )
}
