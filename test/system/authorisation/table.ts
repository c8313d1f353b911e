import { assessmentRows } from './assessment.ts'
import { authRows } from './auth.ts'
import type { Row } from './callers.ts'
import { educationRows } from './education.ts'
import { integrationsRows } from './integrations.ts'

/** Every operation and what each caller is answered. */
export const table: Record<string, Row> = {
  ...authRows,
  ...educationRows,
  ...assessmentRows,
  ...integrationsRows,
}
