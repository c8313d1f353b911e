import type { ErrorBody, ErrorData, FieldFault } from '@azora/contracts/errors.ts'
import { formatMessage, type Values } from '../i18n/format-message.ts'
import type english from '../messages/en.failures.json'
import { sizeText } from '../size.ts'

/**
 * What people are told of a refusal, from the message files by its code, its reason and the reasons of its fields: the
 * API's own sentences are English, for developers. The texts are fetched with the first refusal, since most visits meet
 * none.
 */
export type FailureTexts = typeof english

const languages = {
  en: () =>
    import('../messages/en.failures.json', { with: { type: 'json' } }).then(({ default: texts }) => texts),
}

const own = (texts: Record<string, string>, name: string): string | undefined =>
  Object.hasOwn(texts, name) ? texts[name] : undefined

// PostgreSQL's and JavaScript's whole numbers alike are numbers to anyone who types one.
const kindOf = (of: unknown) => (of === 'int' || of === 'bigint' ? 'number' : String(of))

// Bounds travel as text, since some are longer than a number holds.
const withNumbers = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      (name === 'minimum' || name === 'maximum') && Number.isFinite(Number(value)) ? Number(value) : value,
    ]),
  )

function fieldText(texts: FailureTexts, locale: string, fault: FieldFault): string {
  const { code, reason, values = {} } = fault
  const narrower = values.of ?? values.format
  const names = [reason, narrower && `${code}_${kindOf(narrower)}`, code, 'other']
  const pattern = names.map(name => (name ? own(texts.fields, String(name)) : undefined)).find(Boolean)
  return formatMessage(pattern ?? texts.fields.other, withNumbers(values), locale)
}

/** What is used and left of a quota, as the reader writes sizes. */
function sizesOf({ storage }: ErrorData, locale: string): Values {
  if (!storage) return {}
  const { usedBytes, limitBytes } = storage
  return {
    used: sizeText(locale, usedBytes),
    limit: sizeText(locale, limitBytes),
    left: sizeText(locale, Math.max(0, limitBytes - usedBytes)),
  }
}

/** A refusal with the texts of a language in place of the API's sentences. */
export function inWords(body: ErrorBody, texts: FailureTexts, locale: string): ErrorBody {
  const { code, data = {} } = body
  const pattern = (data.reason && own(texts.reasons, data.reason)) ?? own(texts.codes, code) ?? body.message
  const problems = (data.problems ?? []).map(
    ({ code: problem, part, message }) => `${part.title}: ${own(texts.problems, problem) ?? message}`,
  )
  return {
    ...body,
    message: [formatMessage(pattern, { ...data.values, ...sizesOf(data, locale) }, locale), ...problems].join(
      ' ',
    ),
    data: {
      ...data,
      ...(data.fields && {
        fields: data.fields.map(fault => ({ ...fault, message: fieldText(texts, locale, fault) })),
      }),
    },
  }
}

let loading: Promise<FailureTexts> | null = null

/** As `inWords`, in the language of the page. Where the texts cannot be had, the API's sentences have to do. */
export async function translated(body: ErrorBody): Promise<ErrorBody> {
  try {
    loading ??= languages.en()
    return inWords(body, await loading, 'en')
  } catch {
    loading = null
    return body
  }
}
