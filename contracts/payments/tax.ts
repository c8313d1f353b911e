import { z } from 'zod'
import { countryCodes } from '../countries.ts'
import { operation } from '../operation.ts'
import { id, line, pageOf, paging, time } from '../wire.ts'
import { tags } from './shapes.ts'

/** How a school taxes what it sells, and who it is in law. */

/** ISO 3166-1, two letters. */
const countries = new Set(countryCodes)
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .refine(code => countries.has(code))

/** As on an envelope, a line each. */
export const addressLines = z.array(line(100)).max(6)

/** Of a course. A school that is not registered has no tax on any. */
const courseTaxCategory = z.enum(['standard', 'zero_rated', 'exempt'])

const taxRate = z.object({
  country,
  /** Hundredths of a per cent: 1500 for 15 %. */
  basisPoints: z.number().int().min(0).max(10_000),
  from: z.iso.date(),
  /** The first day on which it does not hold any more. */
  until: z.iso.date().nullable(),
})

/** What is put before numbers; a legal entity has its own, so that its numbers have no gap. */
const numberPrefix = z.string().regex(/^[A-Za-z0-9/-]{0,20}$/)

export const taxSettings = z.object({
  registered: z.boolean(),
  entity: z.object({
    name: line(150),
    address: addressLines,
    country,
    taxNumber: line(40).nullable(),
    registrationNumber: line(40).nullable(),
  }),
  /** What the tax is called on documents. */
  taxName: line(20),
  pricesIncludeTax: z.boolean(),
  rates: z.array(taxRate).max(100),
  /** What holds for buyers in other countries, of what is taxed at home: those with a tax number, and those without. */
  abroad: z.object({
    business: z.enum(['standard', 'zero_rated', 'reverse_charge']),
    private: z.enum(['standard', 'zero_rated']),
  }),
  numberPrefix,
  /** Of words, dates and amounts on documents (BCP 47). */
  locale: z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/),
  paper: z.enum(['A4', 'Letter']),
  /** At whose clocks a document is dated (IANA). */
  timeZone: z.string().max(60),
  /** At the foot of each document: how to pay, what the law asks for. */
  notes: z.array(z.string().trim().min(1).max(500)).max(5),
})
export type TaxSettings = z.infer<typeof taxSettings>

const savedSettings = taxSettings.extend({
  /** Counts the versions; 0 while nobody has saved any. */
  version: z.number().int(),
  savedAt: time.nullable(),
})

export const taxOperations = {
  getTaxSettings: operation({
    method: 'GET',
    path: '/payments/tax-settings',
    access: 'payments.read',
    tags,
    summary: 'How the school taxes what it sells, and who it is in law.',
  }).output(savedSettings),
  saveTaxSettings: operation({
    method: 'PUT',
    path: '/payments/tax-settings',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Set how the school taxes from now on. Orders and documents that are there stay as they are.',
    description:
      '`version` is that of the settings which were changed: where another person has saved since, it is refused as `conflict`.',
  })
    .input(taxSettings.extend({ version: z.number().int().min(0) }))
    .output(savedSettings),
  listCourseTaxes: operation({
    method: 'GET',
    path: '/payments/course-taxes',
    access: 'payments.read',
    tags,
    summary: 'How the courses that are sold are taxed.',
  })
    .input(z.object(paging))
    .output(pageOf(z.object({ courseId: id, title: z.string(), category: courseTaxCategory }))),
  setCourseTax: operation({
    method: 'PUT',
    path: '/payments/courses/{courseId}/tax',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Say how a course is taxed: at the rate, at nothing, or not at all.',
  })
    .input(z.object({ courseId: id, category: courseTaxCategory }))
    .output(z.object({ courseId: id, category: courseTaxCategory })),
}
