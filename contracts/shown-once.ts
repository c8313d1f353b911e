import { z } from 'zod'

/** Fields that are shown in the first answer alone: secrets, codes and tokens, of which only a digest is kept. */
const registry = z.registry<{ shownOnce: true }>()

/** Marks a field as shown once. An answer that holds one is kept nowhere, also not to be given again. */
export function once<T extends z.ZodType>(field: T): T {
  registry.add(field, { shownOnce: true })
  return field
}

type Part = {
  shape?: Record<string, z.ZodType>
  def: { innerType?: z.ZodType; element?: z.ZodType; options?: z.ZodType[]; in?: z.ZodType; out?: z.ZodType }
}

/** Whether some field of an answer is shown once. */
export function holdsShownOnce(answer: z.ZodType): boolean {
  if (registry.has(answer)) return true
  const { shape, def } = answer as unknown as Part
  const { innerType, element, options, in: before, out: after } = def
  const inner = [...Object.values(shape ?? {}), innerType, element, before, after, ...(options ?? [])]
  return inner.some(part => part !== undefined && holdsShownOnce(part))
}
