import { styleName } from '../../../code/runs/style-name.ts'
import type { useTranslations } from '../../../i18n/client.tsx'
import type { QuestionOf } from '../answer-field.ts'

type Words = ReturnType<typeof useTranslations<'code'>>
type Body = Pick<QuestionOf<'code'>['body'], 'tests' | 'hiddenTests' | 'style'>

/** What a test is called: by its number, and by its name where it has one of its own; or a rule of style. */
export function testName(body: Body, id: string, t: Words): string | null {
  const rule = body.style?.find(one => one.id === id)
  if (rule) return styleName(rule, t)
  const tests = [...body.tests, ...body.hiddenTests]
  const at = tests.findIndex(test => test.id === id)
  const title = tests[at]?.title
  if (title === undefined) return null
  const number = at + 1
  return title === String(number) ? t('test', { number }) : t('testNamed', { number, title })
}
