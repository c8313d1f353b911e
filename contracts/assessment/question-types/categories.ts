import { z } from 'zod'
import { choices, items, pairs } from './pairs.ts'
import type { QuestionType } from './question-type.ts'

/** Items to sort into categories, which are the choices. */

export const categoriesBody = z.object({ items, choices, pairs })

const open = z.object({ items, choices })

export const categories = {
  name: 'categories',
  body: categoriesBody,
  open,
} as const satisfies QuestionType<'categories', typeof categoriesBody, typeof open>
