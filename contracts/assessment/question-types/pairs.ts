import { z } from 'zod'
import { limits } from '../../limits.ts'
import { html } from '../../wire.ts'
import { partId } from './question-type.ts'

/** Items and what belongs to each: for matching, and for sorting into categories. */

const part = (examples: string[]) =>
  z.object({
    id: partId,
    content: html.meta({ description: 'The text, as HTML.', examples }),
  })
export const items = z
  .array(part(['<p>Zambezi</p>']))
  .max(limits.partsOfQuestion)
  .meta({ description: 'What a choice is found for.', examples: [[{ id: 'a', content: '<p>Zambezi</p>' }]] })
export const choices = z
  .array(part(['<p>Indian Ocean</p>']))
  .max(limits.partsOfQuestion)
  .meta({ description: 'What can be chosen.', examples: [[{ id: 'x', content: '<p>Indian Ocean</p>' }]] })

export const pairs = z
  .record(partId, partId)
  .meta({ description: 'The id of the choice that is right, by the id of its item.', examples: [{ a: 'x' }] })
