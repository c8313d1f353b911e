import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embedOf, embedOrigins } from './embeds.ts'

const examples = {
  YouTube: [
    'https://www.youtube.com/watch?v=abc_DEF-123&t=4',
    'https://youtu.be/abc_DEF-123?si=x',
    '//www.youtube.com/embed/abc_DEF-123?rel=0',
    'https://www.youtube-nocookie.com/embed/abc_DEF-123',
  ],
  Vimeo: ['https://vimeo.com/76979871', 'https://player.vimeo.com/video/76979871?h=8272103f6e'],
  'Wikimedia Commons': ['https://commons.wikimedia.org/wiki/File:Water_cycle.webm'],
  PhET: ['https://phet.colorado.edu/sims/html/density/latest/density_all.html'],
  GeoGebra: [
    'https://www.geogebra.org/m/abcd1234',
    'https://www.geogebra.org/material/iframe/id/abcd1234/width/800',
  ],
}

test('Pages and players of the providers are known, lead to one page, and frame an allowed origin.', () => {
  for (const [provider, addresses] of Object.entries(examples)) {
    const found = addresses.map(embedOf)
    assert.deepEqual(
      found.map(one => one?.provider),
      addresses.map(() => provider),
    )
    assert.equal(new Set(found.map(one => one?.page)).size, 1)
    for (const one of found) {
      assert.ok(embedOrigins.includes(new URL(one?.frame ?? '').origin))
      // What is stored is understood when it is read again.
      assert.deepEqual(embedOf(one?.page ?? ''), one)
    }
  }
})

test('Anything else is not embedded, however much it looks like a provider.', () => {
  for (const address of [
    'https://www.youtube.com/channel/abc',
    'https://youtube.com.evil.example/embed/abc_DEF-123',
    'https://evil.example/https://www.youtube.com/embed/abc_DEF-123',
    'https://www.youtube.com@evil.example/embed/abc_DEF-123',
    'https://www.youtube.com:8443/embed/abc_DEF-123',
    'javascript:alert(1)//www.youtube.com/embed/abc_DEF-123',
    'https://www.youtube.com/watch?v="><script>',
    'https://phet.colorado.edu/sims/html/../../x.html',
    '',
    'abc',
  ])
    assert.equal(embedOf(address), null, address)
})
