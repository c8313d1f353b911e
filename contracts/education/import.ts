import { z } from 'zod'
import { operation } from '../operation.ts'
import { stream } from '../stream.ts'
import { id, pageOf, paging, percent, time, uploadName } from '../wire.ts'
import { tags } from './shapes.ts'

const count = z.number().int()

/** Of how many things what became. The four outcomes add up to `total`. */
const tally = z.object({ total: count, imported: count, attached: count, described: count, lost: count })

const values = z.record(z.string(), z.union([z.string(), z.number()]))

/** A text by its code, with what belongs into it (`import-names.ts`, `import-reasons.ts`). */
const said = z.object({ code: z.string(), values })

/**
 * What became of each thing in an imported file. `attached`: kept as a file; `described`: came in as something else,
 * such as a setting or a text; `lost`: not imported. Imports of before the tallies have none, and
 * those of before `became` and `reasons` say the same in English alone.
 */
const importReport = z.object({
  entries: z.array(
    z.object({
      path: z.string(),
      outcome: z.enum(['imported', 'attached', 'described', 'lost']),
      became: said.nullable().default(null),
      as: z.string(),
      reasons: z.array(said).default([]),
      reason: z.string().nullable(),
      code: z.string().nullable(),
      /** Learners of the original did not see it. */
      hidden: z.boolean().default(false),
    }),
  ),
  counts: z.object({
    imported: count,
    attached: count,
    described: count,
    lost: count,
    hidden: count.default(0),
  }),
  /** The files of the archive, the resources and items of its manifest, the addresses in its texts. */
  tallies: z
    .object({ files: tally, resources: tally, items: tally, references: tally })
    .nullable()
    .default(null),
})

export const courseImport = z.object({
  id,
  fileName: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  stage: z.enum(['received', 'reading', 'files', 'lessons', 'done']),
  progressPercent: percent,
  courseId: id.nullable(),
  report: importReport.nullable(),
  error: z
    .object({
      code: z.string(),
      /** What narrows the code, where anything does. */
      reason: z.string().nullable().default(null),
      values: values.default({}),
      message: z.string(),
    })
    .nullable(),
  createdAt: time,
  finishedAt: time.nullable(),
})

/** An import without its report, which is long and is there once it has ended. */
const importState = courseImport.pick({
  id: true,
  status: true,
  stage: true,
  progressPercent: true,
  courseId: true,
  error: true,
  finishedAt: true,
})

/** Courses that come from a Common Cartridge. */
export const importOperations = {
  getImport: operation({
    method: 'GET',
    path: '/education/imports/{importId}',
    access: 'course.author',
    tags,
    summary: 'The progress of an import, and its report once done.',
  })
    .input(z.object({ importId: id }))
    .output(courseImport),
  cancelImport: operation({
    method: 'POST',
    path: '/education/imports/{importId}/cancel',
    access: 'course.author',
    tags,
    summary: 'Cancel an import. No course is made of it; one that has ended stays as it is.',
  })
    .input(z.object({ importId: id }))
    .output(courseImport),
  watchImport: operation({
    method: 'GET',
    path: '/education/imports/{importId}/events',
    access: 'course.author',
    tags,
    summary: 'Follow the progress of an import until it ends.',
    description: 'A stream of events. When it has ended, `getImport` has the report.',
  })
    .input(z.object({ importId: id }))
    .output(stream(importState)),
  listImports: operation({
    method: 'GET',
    path: '/education/imports',
    access: 'course.author',
    tags,
    summary: "One's imports, newest first.",
  })
    .input(z.object(paging))
    .output(pageOf(courseImport)),
}

/** The upload that starts an import. */
export const importFiles = {
  importCartridge: operation({
    method: 'POST',
    path: '/education/imports',
    access: 'course.author',
    rateClass: 'upload',
    raw: 'upload',
    tags,
    successStatus: 202,
    summary: 'Import a Common Cartridge. The body is the file; the answer names the import to watch.',
  })
    .input(z.object({ name: uploadName }))
    .output(courseImport),
}
