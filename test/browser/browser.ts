import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { demoPassword } from '../../apps/azora/demo/school.ts'
import { codeFor, password } from '../api.ts'

/** A real browser on the running system: Debian's Chromium, as a person at a phone or a desk would use it. */

export const phone = { width: 360, height: 740 }
export const desk = { width: 1280, height: 860 }

// What Playwright turns off itself: Chromium heeds the last list alone.
const playwrightTurnsOff = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

// The suggestions below the address bar, which no test sees, are pages: each visitor's window would load two.
const suggestions = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  `--disable-features=${[...playwrightTurnsOff, ...suggestions].join()}`,
]

/** Debian's Chromium, with further switches where a test needs them. */
export function openBrowser(...switches: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', ...quiet, ...switches],
  })
}

export function systemUrl(): string {
  const url = process.env.AZORA_TEST_URL
  if (!url) throw new Error('Run `npm test -- browser`, which starts the system to test.')
  return url
}

export type Visit = { context: BrowserContext; page: Page; faults: string[] }

/** A visitor with a browser profile of their own. Script errors and refused resources are collected as faults. */
export async function visit(
  browser: Browser,
  options: {
    viewport?: { width: number; height: number }
    colorScheme?: 'light' | 'dark'
    serviceWorkers?: 'allow' | 'block'
    /** Another system than the one that all browser tests share. */
    baseURL?: string
    /** Where the visitor is, as `Africa/Johannesburg`. */
    timezoneId?: string
  } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: options.baseURL ?? systemUrl(),
    viewport: options.viewport ?? desk,
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    serviceWorkers: options.serviceWorkers ?? 'allow',
    ...(options.timezoneId && { timezoneId: options.timezoneId }),
  })
  context.setDefaultTimeout(45_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', failure => faults.push(String(failure)))
  page.on('console', message => {
    if (message.type() === 'error' && /Content Security Policy|Refused/.test(message.text()))
      faults.push(message.text())
  })
  return { context, page, faults }
}

/** Give address and password where the sign-in page asks for them. */
export async function fillSignIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function signInAs(page: Page, email: string, secret = demoPassword): Promise<void> {
  await page.goto('/signin')
  await fillSignIn(page, email, secret)
  await page.waitForURL(url => !url.pathname.startsWith('/signin'))
}

/** Fill in what a new account needs, wherever the form is shown, up to the question for the code. */
export async function askForAccount(page: Page, name: string): Promise<string> {
  const email = `browser-${randomUUID()}@test.example`
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByLabel('Code from the email').waitFor()
  return email
}

/** Sign up as someone new, with the code from the email, from wherever the form is shown. */
export async function fillSignUp(page: Page, name: string): Promise<string> {
  const email = await askForAccount(page, name)
  await page.getByLabel('Code from the email').fill(await codeFor(systemUrl(), email))
  await page.getByRole('button', { name: 'Open my account' }).click()
  return email
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

type Violation = { id: string; impact: string | null; nodes: { html: string; target: string[] }[] }

/** Nothing that axe calls serious or critical, under WCAG 2.2 AA; or nothing of the contrast of its colours alone. */
export async function assertAccessible(
  page: Page,
  what: string,
  { contrastAlone = false }: { contrastAlone?: boolean } = {},
): Promise<void> {
  let found = await seriousViolations(page, contrastAlone)
  if (found.length > 0) {
    // Colours that still pass from one theme to the other are of neither; what is wrong stays wrong.
    await page.waitForTimeout(1000)
    found = await withoutHalfHidden(page, await seriousViolations(page, contrastAlone))
  }
  assert.deepEqual(
    found.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`),
    [],
    what,
  )
}

/** What lies half behind a bar that stays is measured again where it was scrolled free: a finger can do that too. */
async function withoutHalfHidden(page: Page, found: Violation[]): Promise<Violation[]> {
  const left: Violation[] = []
  for (const violation of found) {
    if (violation.id !== 'target-size') left.push(violation)
    else {
      const nodes: Violation['nodes'] = []
      for (const node of violation.nodes) if (await isTooSmall(page, node.target.join(' '))) nodes.push(node)
      if (nodes.length > 0) left.push({ ...violation, nodes })
    }
  }
  return left
}

const isTooSmall = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate(async selector => {
    const { axe } = globalThis as unknown as {
      axe: { run(where: object, options: object): Promise<{ violations: unknown[] }> }
    }
    const element = document.querySelector(selector)
    if (!element) return false
    element.scrollIntoView({ block: 'center' })
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const runOnly = { type: 'rule', values: ['target-size'] }
    return (await axe.run(element, { runOnly })).violations.length > 0
  }, selector)

async function seriousViolations(page: Page, contrastAlone: boolean): Promise<Violation[]> {
  await page.waitForLoadState('domcontentloaded')
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await readFile(axePath, 'utf8'))
  const violations = await page.evaluate(async contrastAlone => {
    const { axe } = globalThis as unknown as {
      axe: { run(where: object, options: object): Promise<{ violations: Violation[] }> }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const runOnly = contrastAlone
      ? { type: 'rule', values: ['color-contrast'] }
      : { type: 'tag', values: tags }
    // React Aria's announcements: for seconds they may name what has left the page by then.
    const where = { exclude: [['[data-live-announcer]']] }
    // Of what is right it need not describe every element.
    return (await axe.run(where, { runOnly, resultTypes: ['violations'] })).violations
  }, contrastAlone)
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
}

/** The page does not scroll sideways. */
export async function assertFits(page: Page, what: string): Promise<void> {
  // Just after a press the page may be on its way, and the next one may have nothing in it yet.
  await page.waitForLoadState('domcontentloaded')
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  assert.equal(over, 0, `${what} is ${over} pixels too wide`)
}
