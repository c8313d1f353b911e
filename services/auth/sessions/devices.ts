import Bowser from 'bowser'

const unknown = 'Unknown device'

/** Browser and system as a `User-Agent` header tells them: "Chrome on Android"; for a program its own name. */
export function deviceOf(userAgent: string): string {
  const text = userAgent.trim().slice(0, 300)
  if (text === '') return unknown
  const { browser, os } = Bowser.parse(text)
  const known = [browser.name, os.name].filter(name => name)
  // What begins no better than any browser does, or like none, names itself before the first slash.
  if (known.length === 0 || !os.name) return programOf(text) ?? known[0] ?? unknown
  return known.join(' on ')
}

function programOf(text: string): string | null {
  const name = /^[\p{L}\p{N} ._-]{1,40}/u.exec(text)?.[0].trim()
  return name && name !== 'Mozilla' ? name : null
}
