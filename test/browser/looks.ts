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
  await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  await page.evaluate(async () => {
    // A browser that has nothing to draw calls for no frame, and a transition that is not drawn never ends.
    const withinSeconds = (work: Promise<unknown>) =>
      Promise.race([work, new Promise(resolve => setTimeout(resolve, 3000))])
    // Colours that still pass from one theme to the other are of neither. On a busy machine some begin to pass late.
    for (let rounds = 0; rounds < 3; rounds++) {
      await withinSeconds(new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))
      const passing = document.getAnimations().filter(animation => animation instanceof CSSTransition)
      await withinSeconds(Promise.allSettled(passing.map(({ finished }) => finished)))
    }
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
