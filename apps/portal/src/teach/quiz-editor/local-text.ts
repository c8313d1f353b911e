const two = (number: number) => String(number).padStart(2, '0')

/** An ISO time as an input for date and time shows it, in the time zone of this device: `2030-01-01T08:00`. */
export function localText(time: string): string {
  const at = new Date(time)
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The ISO time that such an input holds; null while it is empty or half filled in. */
export function timeOf(text: string): string | null {
  const ms = new Date(text).getTime()
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
