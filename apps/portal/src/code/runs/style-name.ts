import type { useTranslations } from '../../i18n/client.tsx'
import type { QuestionOf } from '../../quiz/types/answer-field.ts'

export type StyleRule = NonNullable<QuestionOf<'code'>['body']['style']>[number]

/** What a rule of style asks for. */
export const styleName = (
  { rule, value }: Pick<StyleRule, 'rule' | 'value'>,
  t: ReturnType<typeof useTranslations<'code'>>,
) =>
  rule === 'line_length' ? t('style_line_length', { count: Number(value) }) : t(`style_${rule}`, { value })
