import { AppError } from '@azora/kit/errors.ts'

export function notYet<T>(operations: object, names: readonly string[] = Object.keys(operations)): T {
  return Object.fromEntries(
    names.map(name => [
      name,
      async () => {
        throw new AppError('unavailable')
      },
    ]),
  ) as T
}
