import { categories } from './question-types/categories.ts'
import { cloze } from './question-types/cloze.ts'
import { code } from './question-types/code.ts'
import { essay } from './question-types/essay.ts'
import { formula } from './question-types/formula.ts'
import { hotspot } from './question-types/hotspot.ts'
import { item } from './question-types/item.ts'
import { labelling } from './question-types/labelling.ts'
import { matching } from './question-types/matching.ts'
import { numeric } from './question-types/numeric.ts'
import { ordering } from './question-types/ordering.ts'
import { shortText } from './question-types/short-text.ts'
import { upload } from './question-types/upload.ts'

/** The types of questions beside choices (decision 0038). A new one is a file and a line here. */
export const questionTypes = [
  shortText,
  numeric,
  matching,
  categories,
  ordering,
  cloze,
  hotspot,
  labelling,
  formula,
  essay,
  upload,
  code,
  item,
] as const
