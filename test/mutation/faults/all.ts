import type { Fault } from '../fault.ts'
import { assessmentFaults } from './assessment.ts'
import { authFaults } from './auth.ts'
import { billingFaults } from './billing.ts'
import { contractsFaults } from './contracts.ts'
import { educationFaults } from './education.ts'
import { kitFaults } from './kit.ts'
import { outsideFaults } from './outside.ts'

export const faults: Fault[] = [
  ...assessmentFaults,
  ...kitFaults,
  ...contractsFaults,
  ...billingFaults,
  ...educationFaults,
  ...authFaults,
  ...outsideFaults,
]
