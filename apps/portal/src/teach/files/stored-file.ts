import type { file } from '@azora/contracts/education/shapes.ts'
import type { z } from 'zod'

/** A file of a course as the API answers it. */
export type StoredFile = z.infer<typeof file>
