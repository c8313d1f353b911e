'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { useId } from 'react'
import { CodeArea } from '../../../../code/code-area.tsx'
import { fileLanguage } from '../../../../code/file-language.ts'
import { useTranslations } from '../../../../i18n/client.tsx'
import { type CodeDraft, newUnitTest } from '../../code-draft.ts'
import { unitTestNames } from './unit-test-names.ts'

type UnitTestsProps = { body: CodeDraft; onChange: (part: Partial<CodeDraft>) => void }

/** The file of unit tests, each of whose tests can be a test of the question. */
export function UnitTests({ body, onChange }: UnitTestsProps) {
  const t = useTranslations('codeEditor')
  const id = useId()
  const source = body.unitTests ?? ''
  const known = new Set(body.tests.map(({ unit }) => unit))
  const more = unitTestNames(body.language, source).filter(name => !known.has(name))
  const room = limits.testsOfProgram - body.tests.length
  const add = () => {
    // The first test of a new question is there to be filled in.
    const filled = body.tests.filter(
      ({ unit, title, stdin, expected }) => unit ?? (title || stdin || expected),
    )
    onChange({ tests: [...filled, ...more.slice(0, limits.testsOfProgram - filled.length).map(newUnitTest)] })
  }
  return (
    <details open={source !== ''} className="min-w-0 rounded-control border border-line">
      <summary id={`${id}-title`} className="px-4 py-3 text-sm font-semibold">
        {t('unitTests')}
      </summary>
      <div className="flex min-w-0 flex-col items-start gap-3 px-4 pb-4">
        <p className="text-sm text-muted">
          {t(body.language === 'python' ? 'unitTestsPython' : 'unitTestsNode')}
        </p>
        <div className="w-full min-w-0">
          <CodeArea
            labelledBy={`${id}-title`}
            language={fileLanguage(body.files[0]?.path ?? '')}
            value={source}
            onChange={unitTests => onChange({ unitTests })}
            maxLength={limits.programTextLength}
            lines={8}
          />
        </div>
        <Button variant="secondary" size="small" onPress={add} isDisabled={more.length === 0 || room <= 0}>
          {t('addUnitTests', { count: more.length })}
        </Button>
      </div>
    </details>
  )
}
