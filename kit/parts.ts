import { type ServiceName, serviceNames } from '@azora/contracts/service-names.ts'

/** What may run as a process of its own in a cluster. */
export type PartName = ServiceName | 'gateway' | 'portal'

export const partNames: readonly PartName[] = [...serviceNames, 'gateway', 'portal']

/** The setting that says where a part listens: `AZORA_STUDY_HALL_URL` for `study-hall`. */
export const addressSettingOf = (part: string) => `AZORA_${part.toUpperCase().replaceAll('-', '_')}_URL`
