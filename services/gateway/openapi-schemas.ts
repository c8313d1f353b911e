import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'

/** By default what lies deeper than ten is left out of the document: the gaps of a question in a quiz do. */
export const createSchemaConverter = () => new ZodToJsonSchemaConverter({ maxStructureDepth: 24 })
