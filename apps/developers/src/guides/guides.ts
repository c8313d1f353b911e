import { authentication } from './authentication.ts'
import type { Guide } from './block.ts'
import { errors } from './errors.ts'
import { exportingGrades } from './exporting-grades.ts'
import { pagination } from './pagination.ts'
import { rateLimits } from './rate-limits.ts'
import { retries } from './retries.ts'
import { versions } from './versions.ts'
import { webhooks } from './webhooks.ts'

/** The guides in the order in which a newcomer reads them. The list of events is made from the contract. */
export const guides: Guide[] = [
  authentication,
  pagination,
  errors,
  retries,
  rateLimits,
  webhooks,
  { slug: 'events', texts: 'guideEvents', blocks: () => ['intro'], listsEvents: true },
  exportingGrades,
  versions,
]
