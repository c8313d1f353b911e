import type { Page } from 'playwright-core'
import { assertAccessible, assertFits, desk, phone } from './browser.ts'

/** How a page is looked at: the screens and themes that every page is held to. */

export type Look = {
  name: string
  viewport: { width: number; height: number }
  colorScheme: 'light' | 'dark'
}

export const phoneByDay: Look = { name: 'a phone, light', viewport: phone, colorScheme: 'light' }
export const phoneByNight: Look = { name: 'a phone, dark', viewport: phone, colorScheme: 'dark' }
export const deskByDay: Look = { name: 'a desk, light', viewport: desk, colorScheme: 'light' }

/** Turn to a look, and wait until the page is drawn in it. */
async function turnTo(page: Page, { viewport, colorScheme }: Look): Promise<void> {
  await page.evaluate(() => {
    // Colours that still pass from one theme to the other are of neither, and one may begin to pass at any later moment.
    const still = new CSSStyleSheet()
    still.replaceSync('*, *::before, *::after { transition: none !important; }')
    document.adoptedStyleSheets = [still]
  })
  await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  await page.evaluate(async () => {
    // A browser that has nothing to draw calls for no frame.
    const drawn = new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    await Promise.race([drawn, new Promise(resolve => setTimeout(resolve, 3000))])
  })
}

/**
 * The page fits and is accessible in each look, one after another without loading it anew. What only the theme changes
 * is its colours: on a screen that was seen already, only their contrast is asked of axe.
 */
export async function assertGood(page: Page, what: string, looks: readonly Look[]): Promise<void> {
  let before: Look | null = null
  for (const look of looks) {
    await turnTo(page, look)
    await assertFits(page, `${what} on ${look.name}`)
    await assertAccessible(page, `${what} on ${look.name}`, {
      contrastAlone: before?.viewport === look.viewport,
    })
    before = look
  }
}
