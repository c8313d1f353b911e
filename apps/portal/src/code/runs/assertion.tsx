import type { useTranslations } from '../../i18n/client.tsx'

type AssertionProps = {
  t: ReturnType<typeof useTranslations<'code'>>
  assertion: {
    /** Absent of a mark, which only keeps what was asserted. */
    kind?: 'failed' | 'error' | 'ended' | 'missing'
    call: string | null
    message: string | null
    given: string | null
    expected: string | null
  }
}

/** Why a unit test failed: what was called, what came, and what was expected. */
export function Assertion({
  t,
  assertion: { kind = 'failed', call, message, given, expected },
}: AssertionProps) {
  const piece = (label: string, text: string | null, tone: string) =>
    text === null ? null : (
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <span className="text-sm font-semibold">{label}</span>
        <code className={`min-w-0 rounded px-1.5 font-mono text-sm break-all whitespace-pre-wrap ${tone}`}>
          {text}
        </code>
      </p>
    )
  return (
    <div className="flex min-w-0 flex-col gap-1">
      {kind === 'ended' || kind === 'missing' ? <p>{t(`assertion_${kind}`)}</p> : null}
      {piece(t('wasCalled'), call, 'bg-sunken text-ink')}
      {piece(t('came'), given, 'bg-bad-soft text-bad-ink')}
      {piece(t('wasExpected'), expected, 'bg-good-soft text-good-ink')}
      {message === null ? null : (
        <p className="font-mono text-sm break-words whitespace-pre-wrap">{message}</p>
      )}
    </div>
  )
}
