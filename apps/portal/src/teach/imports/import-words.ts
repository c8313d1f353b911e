import type { FindingCode, ImportFailureCode } from '@azora/contracts/education/import-codes.ts'
import type { ImportName } from '@azora/contracts/education/import-names.ts'
import type { ImportReason } from '@azora/contracts/education/import-reasons.ts'
import type { Values } from '@azora/web/i18n/format-message.ts'
import { sizeText } from '@azora/web/size.ts'
import type { Translator } from '../../i18n/translator.ts'
import type { CourseImport } from './import-state.tsx'

/**
 * What an import says, in the reader's language: by its codes and their values, never the API's English. Each code of
 * the contracts has a text, or this file has a fault of type; what only a newer server knows is told in general.
 */

type Entry = Pick<
  NonNullable<CourseImport['report']>['entries'][number],
  'became' | 'as' | 'reasons' | 'code'
>
type Failure = Pick<NonNullable<CourseImport['error']>, 'code' | 'reason' | 'values'>

export type ImportWords = {
  /** What something of the file became. Null where an old report does not say it in a way that can be told. */
  became(entry: Entry): string | null
  /** Why; null where there is nothing to say. */
  why(entry: Entry): string | null
  failure(error: Failure): string
}

type Reader = { locale: string; zone: string }

export function importWords(t: Translator<'importTexts'>, reader: Reader): ImportWords {
  type Key = Parameters<typeof t>[0]
  // A key that has no text comes back as it is.
  const told = (key: Key, values: Values = {}): string | null => {
    const text = t(key, shownValues(values, reader))
    return text === key ? null : text
  }
  const reason = ({ code, values }: { code: string; values: Values }) =>
    told(`reason_${code as ImportReason['code']}`, values)
  const general = (code: string | null) =>
    told(`finding_${(code ?? 'none') as FindingCode | 'none'}`) ?? t('finding_other')
  return {
    became: ({ became, as }) =>
      (became && told(`became_${became.code as ImportName['code']}`, became.values)) ??
      // The name in quotation marks is the course's own, and of no language of ours.
      /“.+”/.exec(as)?.[0] ??
      null,
    why: ({ became, reasons, code }) => {
      const known = reasons.flatMap(each => reason(each) ?? [])
      if (known.length > 0) return known.join(' ')
      return became && code === null ? null : general(code)
    },
    failure: ({ code, reason: why, values }) =>
      (why && reason({ code: why, values })) ??
      told(`failure_${code as ImportFailureCode}`) ??
      t('failure_other'),
  }
}

/** Sizes and times as the reader writes them, by what the names of the values say (`contracts/education/said.ts`). */
const shownValues = (values: Values, { locale, zone }: Reader): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (name.endsWith('Bytes')) return [name, sizeText(locale, Number(value))]
      return [name, name === 'time' ? shownTime(String(value), locale, zone) : value]
    }),
  )

function shownTime(time: string, locale: string, timeZone: string): string {
  const at = Date.parse(time)
  // One that is written in no way that is known is shown as it is.
  if (Number.isNaN(at)) return time
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at)
}
