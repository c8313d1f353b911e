/** Faults that a form finds before it calls, in the shape in which the API refuses a field. */
export const faultsAt = (fields: { path: string; message: string }[]) => ({
  code: 'invalid_input',
  message: '',
  data: { fields },
})

export const faultAt = (path: string, message: string) => faultsAt([{ path, message }])
