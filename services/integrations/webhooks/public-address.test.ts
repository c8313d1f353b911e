import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGuardedLookup, faultsOfUrl, isPublicAddress, type Resolve } from './public-address.ts'

const notPublic = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1', // carrier-grade NAT
  '100.127.255.254',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254', // cloud metadata
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1', // IPv4-compatible
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8', // mapped: asks for IPv4 by another name
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1', // NAT64 of 127.0.0.1
  '64:ff9b::808:808',
  '64:ff9b:1::a00:1',
  '100::1',
  '2001::1', // Teredo
  '2001:db8::1',
  '2002:7f00:1::', // 6to4 of 127.0.0.1
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254', // cloud metadata
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '4000::1', // given out to nobody
  '',
  'localhost',
  '127.1',
  '2130706433',
  '0x7f.0.0.1',
]

test('An address that is not one of the public Internet is told from those that are.', () => {
  for (const address of notPublic) assert.equal(isPublicAddress(address), false, address)
  for (const address of [
    '1.1.1.1',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])
    assert.equal(isPublicAddress(address), true, address)
})

test('What can be seen to lead inside, to another kind of server or without TLS, is refused as written.', () => {
  const refused = [
    'https://localhost/',
    'https://LOCALHOST./',
    'https://app.localhost/',
    'https://redis/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://１２７.0.0.1/', // full-width digits, which a URL parser folds
    'https://school.example:6379/',
    'https://school.example:22/',
    'https://school.example:80/',
    'http://hooks.school.example/',
    'http://hooks.school.example:443/',
    'http://1.1.1.1/',
    'https://user@school.example/',
    'https://user:secret@school.example/',
    'ftp://school.example/',
    'file:///etc/passwd',
    'gopher://school.example/',
    'javascript:alert(1)',
    'nonsense',
  ]
  for (const url of refused) assert.notDeepEqual(faultsOfUrl(url, false), [], url)
  for (const url of [
    'https://hooks.school.example/azora?key=1',
    'https://hooks.school.example:443/',
    'https://hooks.school.example:8443/',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]/',
  ])
    assert.deepEqual(faultsOfUrl(url, false), [], url)
})

test('All broken rules are told at once.', () => {
  assert.deepEqual(faultsOfUrl('http://a:b@127.0.0.1:3000/', false), [
    'url_not_https',
    'url_with_credentials',
    'url_port',
    'url_private',
  ])
  assert.deepEqual(faultsOfUrl('ftp://a:b@redis/', true), ['url_not_http', 'url_with_credentials'])
})

test('Where private networks are allowed, schemes and credentials are still looked at.', () => {
  assert.deepEqual(faultsOfUrl('http://127.0.0.1:3000/', true), [])
  assert.deepEqual(faultsOfUrl('http://redis/', true), [])
  assert.notDeepEqual(faultsOfUrl('ftp://127.0.0.1/', true), [])
  assert.notDeepEqual(faultsOfUrl('http://a:b@127.0.0.1/', true), [])
})

const answering =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))

const look = (resolve: Resolve, toPrivate = false, all = true) =>
  new Promise<unknown>((done, fail) =>
    createGuardedLookup(resolve, toPrivate)('name.example', { all }, (failure, found) =>
      failure ? fail(failure) : done(found),
    ),
  )

test('A name is refused as soon as one of its addresses is private, wherever that stands in the answer.', async () => {
  const mixed = [
    ['127.0.0.1'],
    ['1.1.1.1', '10.0.0.1'],
    ['10.0.0.1', '1.1.1.1'],
    ['1.1.1.1', '::ffff:10.0.0.1'],
    ['2606:4700::1111', 'fd00::1'],
    [],
  ]
  for (const addresses of mixed)
    await assert.rejects(look(answering(...addresses)), { code: 'EREFUSEDADDRESS' }, addresses.join())
})

test('What is connected to are the addresses that were looked at.', async () => {
  const two = answering('1.1.1.1', '2606:4700::1111')
  assert.deepEqual(await look(two), [
    { address: '1.1.1.1', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ])
  assert.equal(await look(two, false, false), '1.1.1.1')
  assert.equal(await look(answering('127.0.0.1'), true, false), '127.0.0.1')
})
