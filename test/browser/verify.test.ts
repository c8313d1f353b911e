import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import QRCode from 'qrcode'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { signIn, signUp } from '../api.ts'
import { complete, makeCourse } from '../courses.ts'
import { assertAccessible, openBrowser, phone, systemUrl, visit } from './browser.ts'

let browser: Browser
let folder: string
let certificateId: string
let certificateUrl: string

before(async () => {
  browser = await openBrowser()
  folder = await mkdtemp(join(tmpdir(), 'azora-verify-'))
  const author = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  const learner = await signUp(systemUrl(), 'Vuyo Verified')
  certificateId = await complete(learner, await makeCourse(systemUrl(), author, { title: 'Checked rivers' }))
  certificateUrl = `${systemUrl()}/certificates/${certificateId}`
})
after(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

const field = (page: Page) => page.getByLabel('Certificate number, link or credential text')
const check = (page: Page) => page.getByRole('button', { name: 'Verify', exact: true })

async function genuine(page: Page) {
  await page.getByText('The credential is genuine').waitFor()
  await page.getByText('Vuyo Verified').first().waitFor()
}

it('the printed number, a pasted link and pasted text are checked alike, and a wrong number is explained', async () => {
  const { context, page, faults } = await visit(browser, { viewport: phone })
  const credential = await (
    await fetch(`${systemUrl()}/api/v1/education/certificates/${certificateId}/credential.json`)
  ).text()
  for (const given of [certificateId.toUpperCase().replaceAll('-', ' '), certificateUrl, credential]) {
    await page.goto('/verify', { waitUntil: 'networkidle' })
    await field(page).fill(given)
    await check(page).click()
    await genuine(page)
  }
  await assertAccessible(page, 'a checked certificate')
  const wrong = certificateId.replace(/.$/, last => (last === '0' ? '1' : '0'))
  const cases = [
    [wrong, 'This school has no certificate with this number'],
    ['hello', "This isn't a certificate number"],
    [`https://other.example/certificates/${certificateId}`, 'This certificate belongs to other.example'],
  ] as const
  for (const [given, said] of cases) {
    await field(page).fill(given)
    await check(page).click()
    await page.getByText(said).first().waitFor()
  }
  assert.deepEqual(faults, [])
  await context.close()
})

it('a photo of the code is read, and a picture without one is explained', async () => {
  const { context, page } = await visit(browser)
  const photo = join(folder, 'code.png')
  await QRCode.toFile(photo, certificateUrl, { width: 900, margin: 20 })
  await page.goto('/verify', { waitUntil: 'networkidle' })
  await page.locator('input[type=file]').setInputFiles(photo)
  await genuine(page)
  await writeFile(
    join(folder, 'empty.png'),
    await page.screenshot({ clip: { x: 0, y: 0, width: 200, height: 60 } }),
  )
  await page.locator('input[type=file]').setInputFiles(join(folder, 'empty.png'))
  await page.getByText('We found no QR code in this picture').waitFor()
  await context.close()
})

/** A film of one picture, the code in the middle of a white wall, as YUV4MPEG2, which Chromium's stand-in camera plays. */
function filmOf(text: string): Buffer {
  const [width, height, scale] = [640, 480, 8]
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const light = Buffer.alloc(width * height, 235)
  const [left, top] = [(width - modules.size * scale) >> 1, (height - modules.size * scale) >> 1]
  for (let y = 0; y < modules.size * scale; y++)
    for (let x = 0; x < modules.size * scale; x++)
      if (modules.get(Math.floor(y / scale), Math.floor(x / scale))) light[(top + y) * width + left + x] = 16
  const colour = Buffer.alloc((width * height) / 2, 128)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, colour])
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`),
    ...Array.from({ length: 5 }, () => frame),
  ])
}

it('the camera reads the code, on this page alone', async () => {
  const film = join(folder, 'code.y4m')
  await writeFile(film, filmOf(certificateUrl))
  const withCamera = await openBrowser(
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  )
  const { context, page, faults } = await visit(withCamera, { viewport: phone })
  await page.goto('/courses')
  const refused = () =>
    page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'lent',
        (failure: DOMException) => failure.name,
      ),
    )
  assert.equal(await refused(), 'NotAllowedError')
  await page.goto('/verify', { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Scan code with camera' }).click()
  await genuine(page)
  assert.equal(await page.locator('video').count(), 0, 'the camera is given back')
  assert.deepEqual(faults, [])
  await withCamera.close()
  await context.close().catch(() => undefined)
})

it('who may not use the camera, or has none, is told what to do instead', async () => {
  const { context, page } = await visit(browser)
  const cases = [
    ['NotAllowedError', "This page isn't allowed to use the camera"],
    ['NotFoundError', 'We found no camera'],
    ['NotReadableError', 'Another program is using the camera'],
  ] as const
  await page.goto('/verify', { waitUntil: 'networkidle' })
  for (const [name, said] of cases) {
    await page.evaluate(failure => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', failure))
    }, name)
    await page.getByRole('button', { name: 'Scan code with camera' }).click()
    await page.getByText(said).waitFor()
  }
  await context.close()
})
