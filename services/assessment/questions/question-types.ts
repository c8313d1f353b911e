import { cloze } from './cloze/cloze.ts'
import { code } from './code/code.ts'
import { essay } from './essay/essay.ts'
import { formula } from './formula/formula.ts'
import { hotspot } from './hotspot/hotspot.ts'
import { item } from './item/item.ts'
import { labelling } from './labelling/labelling.ts'
import { categories, matching } from './matching/matching.ts'
import { numeric } from './numeric/numeric.ts'
import { ordering } from './ordering/ordering.ts'
import type { BodyOf, BodyQuestion, BodyType, OpenBodyOf } from './question.ts'
import type { QuestionRules } from './question-rules.ts'
import { shortText } from './short-text/short-text.ts'
import { upload } from './upload/upload.ts'

/** The rules of each type of questions with a body (decision 0038). A new one is a folder and a line here. */
const rules = {
  short_text: shortText,
  numeric,
  matching,
  categories,
  ordering,
  cloze,
  essay,
  upload,
  code,
  hotspot,
  labelling,
  formula,
  item,
} satisfies { [T in BodyType]: QuestionRules<BodyOf<T>, OpenBodyOf<T>> }

/** Those of a question's type; to be called with its own body alone. */
export const rulesOf = ({ type }: Pick<BodyQuestion, 'type'>): QuestionRules<unknown, unknown> =>
  rules[type] as QuestionRules<never, unknown> as QuestionRules<unknown, unknown>
