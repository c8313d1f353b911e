import { z } from 'zod'
import { operation } from '../operation.ts'
import { id, time } from '../wire.ts'
import { positivePrice } from '../wire-money.ts'
import { currencies, tags } from './shapes.ts'

const coursePrices = z.object({
  courseId: id,
  /** What the course costs, once for each currency; without any it is free. */
  prices: z.array(positivePrice),
  /** The currencies in which a price may be set. */
  currencies,
  /** Every price that there was, the newest first. A price is never changed: a new one takes its place. */
  history: z.array(
    z.object({ price: positivePrice, from: time, until: time.nullable(), setBy: id.nullable() }),
  ),
})

/** What courses cost. */
export const priceOperations = {
  getCoursePrices: operation({
    method: 'GET',
    path: '/payments/courses/{courseId}/prices',
    access: 'course.author',
    tags,
    summary: 'What a course that you teach costs, and what it has cost before.',
  })
    .input(z.object({ courseId: id }))
    .output(coursePrices),
  setCoursePrices: operation({
    method: 'PUT',
    path: '/payments/courses/{courseId}/prices',
    access: 'course.author',
    tags,
    summary: 'Set what a course costs from now on; an empty list makes it free.',
    description: 'Who is enrolled stays so, and an order that is open keeps the price that it was made with.',
  })
    .input(
      z.object({
        courseId: id,
        prices: z.array(positivePrice).max(20),
      }),
    )
    .output(coursePrices),
}
