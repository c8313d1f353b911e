/**
 * Where pages reach the API while they are rendered. `createPortal` hands the address over by the environment,
 * because Next loads the pages itself and takes no arguments for them. Only this file reads it.
 */
export const internalApiVariable = 'AZORA_INTERNAL_API'

/** The address of the API from within, ending in `/api/v1`. */
export function internalApiUrl(): string {
  const url = process.env[internalApiVariable]
  if (!url) throw new Error(`${internalApiVariable} is not set: start the portal through createPortal.`)
  return url
}
