import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { asksForLess, dataCookie } from './choice.ts'

/** Whether this page is made for costly data. */
export const usesLessData = cache(async (): Promise<boolean> => {
  const [jar, asked] = await Promise.all([cookies(), headers()])
  return asksForLess(jar.get(dataCookie)?.value, asked.get('save-data'))
})
