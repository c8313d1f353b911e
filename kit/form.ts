import express, { type Request, type Response } from 'express'
import { AppError } from './errors.ts'

const read = express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 50 })

/**
 * The fields of a form that was posted (application/x-www-form-urlencoded). A field that comes twice is refused:
 * readers disagree about which one counts (RFC 6749, 3.1).
 * @throws AppError `invalid_input`, `payload_too_large`.
 */
export async function readForm(req: Request, res: Response): Promise<Record<string, string>> {
  if (!req.is('application/x-www-form-urlencoded')) throw new AppError('invalid_input')
  await new Promise<void>((resolve, reject) => {
    read(req, res, (failure?: unknown) => {
      if (!failure) return resolve()
      const { type } = failure as { type?: string }
      reject(new AppError(type === 'entity.too.large' ? 'payload_too_large' : 'invalid_input'))
    })
  })
  const fields = (req.body ?? {}) as Record<string, unknown>
  for (const value of Object.values(fields)) {
    if (typeof value !== 'string') throw new AppError('invalid_input')
  }
  return fields as Record<string, string>
}
