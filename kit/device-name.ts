import Bowser from 'bowser'

const unknown = 'Unknown device'

/** Browser and system as a `User-Agent` header tells them: "Chrome on Android"; for a program its own name. */
export function deviceOf(userAgent: string): string {
  const text = userAgent.trim().slice(0, 300)
  if (text === '') return unknown
  const { browser, os } = Bowser.parse(text)
  // A browser tells its system. What does not is a program, which names itself before the first slash.
  if (!os.name) return programOf(text) || browser.name || unknown
  return browser.name ? `${browser.name} on ${os.name}` : os.name
}

function programOf(text: string): string | null {
  const name = /^[\p{L}\p{N} ._-]{1,40}/u.exec(text)?.[0].trim()
  return name && name !== 'Mozilla' ? name : null
}
