import type { ComponentProps } from 'react'
import { usesLessData } from '../less-data/less-data.server.ts'
import { Cover } from './cover.tsx'

/** A course's picture; a drawn one also where data is costly, as it tells nothing that the title does not. */
export async function LearnersCover({ url, ...props }: ComponentProps<typeof Cover>) {
  return <Cover url={(await usesLessData()) ? null : url} {...props} />
}
