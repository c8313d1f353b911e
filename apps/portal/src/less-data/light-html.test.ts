import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileIdOf, lightHtml, pictureAddresses } from './light-html.ts'

const id = '0198c7a2-0000-7000-8000-000000000001'
const address = `/api/v1/education/files/${id}/map.png`
const light = (html: string) => lightHtml(html, 'Picture')
/** What a browser would fetch: it looks into no template. */
const fetched = (html: string) =>
  [...html.replace(/<template>.*?<\/template>/gs, '').matchAll(/(?:<img[^>]*|<video[^>]* poster=.*)/g)].map(
    match => match[0],
  )

test('no picture is fetched, and each is named by its alternative text', () => {
  const html = light(
    `<p>Look:</p><img src="${address}" alt="The map of &quot;a&quot; > b" width="8"><p>after</p>`,
  )
  assert.deepEqual(fetched(html), [])
  assert.match(html, /^<p>Look:<\/p><button type="button" class="light-picture"/)
  assert.match(html, /<span class="light-alt">The map of &quot;a&quot; > b<\/span>/)
  assert.match(html, /<template><img src="[^"]+" alt="[^"]+" width="8"><\/template><\/button><p>after<\/p>$/)
})

test('a decorative picture has a button too, and one that is in the text itself stays', () => {
  assert.deepEqual(fetched(light(`<img alt="" src="${address}">`)), [])
  const inline = '<img src="data:image/gif;base64,AAAA" alt="">'
  assert.equal(light(inline), inline)
})

test('a picture that was fetched on this page is shown again', () => {
  const html = `<img src="${address}" alt="">`
  assert.equal(
    lightHtml(html, 'Picture', () => true),
    html,
  )
})

test('films and sounds preload nothing, show no poster, and have a place for their size', () => {
  const film = light(`<video poster="/p.png" controls preload="metadata"><source src="${address}"></video>`)
  assert.match(film, /^<video preload="none" controls><source/)
  assert.match(film, new RegExp(`data-kind="video" data-file="${address}"></span>$`))
  assert.match(
    light(`<audio src="${address}" preload="metadata" controls></audio>`),
    /^<audio preload="none" src/,
  )
})

test('addresses of pictures are found in JSON, each once, and no others', () => {
  const json = JSON.stringify({
    content: `<img src="${address}"><a href="${address.replace('png', 'pdf')}">x</a>`,
    again: address,
  })
  assert.deepEqual(pictureAddresses(json), [address])
  assert.equal(fileIdOf(address), id)
  assert.equal(fileIdOf('https://example.org/a.png'), undefined)
})
