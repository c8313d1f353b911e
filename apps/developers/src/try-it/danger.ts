import type { Operation } from '../document/api-document.ts'

const endsSomething =
  /(?:^|\.)(?:delete|remove|revoke|suspend|erase|unlink|end|cancel|rotate|archive|withdraw|disable|impersonate|logout)/i

/** Whether a call takes something away that may not come back, or shuts someone out: asked about before it is sent. */
export function isDangerous({ method, name }: Pick<Operation, 'method' | 'name'>): boolean {
  return method === 'DELETE' || (method !== 'GET' && endsSomething.test(name))
}
