import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaText, readArea, readPoint } from '@azora/contracts/assessment/places-on-picture.ts'
import { hotspotBody } from '@azora/contracts/assessment/question-types/hotspot.ts'
import { labellingBody } from '@azora/contracts/assessment/question-types/labelling.ts'
import { holds, leastExtent, middleOf } from './hotspot/area.ts'
import { hotspot } from './hotspot/hotspot.ts'
import { labelling } from './labelling/labelling.ts'
import { perPart, scoreOf } from './score.ts'

const picture = {
  address: '/api/v1/education/files/0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b/map.png',
  alt: 'A map',
  width: 1000,
  height: 500,
}
const same = <Part>(parts: Part[]) => parts
const square = { id: 'a', name: 'Lake', shape: 'rectangle' as const, x: 0.1, y: 0.1, width: 0.2, height: 0.2 }
const round = { id: 'b', name: 'Town', shape: 'circle' as const, x: 0.7, y: 0.5, radius: 0.1 }
const map = hotspotBody.parse({ picture, areas: [square, round], points: 2 })
const earned = (body: typeof map, given: string[]) =>
  hotspot.marks('q', body, { q: given }).map(({ part, given: point, earned: share, reason }) => {
    return [part, point, share, reason]
  })

test('A circle is round on a picture that is wide, and an edge belongs to its area.', () => {
  assert.ok(holds(round, { x: 0.8, y: 0.5 }, picture))
  assert.ok(holds(round, { x: 0.7, y: 0.7 }, picture), 'a tenth of the width is a fifth of the height')
  assert.ok(!holds(round, { x: 0.7, y: 0.71 }, picture))
  assert.ok(holds(square, { x: 0.3, y: 0.3 }, picture))
  assert.ok(!holds(square, { x: 0.31, y: 0.2 }, picture))
})

test('A polygon that is hollow in the middle holds what is within its edge alone.', () => {
  const corner = (x: number, y: number) => ({ x, y })
  const hollow = {
    shape: 'polygon' as const,
    corners: [
      corner(0, 0),
      corner(1, 0),
      corner(1, 1),
      corner(0.9, 1),
      corner(0.9, 0.1),
      corner(0.1, 0.1),
      corner(0.1, 1),
      corner(0, 1),
    ],
  }
  assert.ok(holds(hollow, corner(0.05, 0.8), picture))
  assert.ok(holds(hollow, corner(0.95, 0.8), picture))
  assert.ok(!holds(hollow, corner(0.5, 0.8), picture))
  assert.deepEqual(middleOf(hollow, picture), corner(0, 0))
  assert.equal(leastExtent(hollow, picture), 0.5)
})

test('Each area is marked by one point, and a point that hits nothing is the wrong answer for one that is left.', () => {
  assert.deepEqual(earned(map, ['0.2,0.2', '0.7,0.5']), [
    ['a', '0.2,0.2', 1, 'right'],
    ['b', '0.7,0.5', 1, 'right'],
  ])
  assert.deepEqual(earned(map, ['0.5,0.9', '0.7,0.5']), [
    ['a', '0.5,0.9', 0, 'wrong'],
    ['b', '0.7,0.5', 1, 'right'],
  ])
  assert.deepEqual(earned(map, ['0.2,0.2', '0.21,0.2']).at(1), ['b', '0.21,0.2', 0, 'wrong'])
  assert.deepEqual(earned(map, []).at(0), ['a', null, 0, 'unanswered'])
})

test('Where areas overlap, the order of the points costs nothing.', () => {
  const large = { ...square, id: 'c', x: 0, y: 0, width: 0.5, height: 0.5 }
  for (const areas of [
    [square, large],
    [large, square],
  ])
    for (const given of [
      ['0.2,0.2', '0.4,0.4'],
      ['0.4,0.4', '0.2,0.2'],
    ])
      assert.deepEqual(
        earned({ ...map, areas }, given).map(([, , share]) => share),
        [1, 1],
      )
})

test('Points beyond the areas take back what an area earns, so that marking everything earns nothing.', () => {
  const many = { ...map, points: 20 }
  const everywhere = ['0.2,0.2', '0.7,0.5', ...Array.from({ length: 18 }, (_, at) => `0.9,${at / 20}`)]
  const marks = hotspot.marks('q', many, { q: everywhere })
  assert.equal(scoreOf(marks, perPart, 2).awarded, 0)
  assert.equal(scoreOf(hotspot.marks('q', many, { q: everywhere.slice(0, 2) }), perPart, 2).awarded, 2)
})

test('Of what was sent, points on the picture are kept, and no more than may be marked.', () => {
  const given = ['0.5,0.25', '1.2,0', 'a,b', '0.1,0.1 x', '-0.1,0', '0.3333333,0.1', '1,0', '0,0', '0.2,0.2']
  assert.deepEqual(hotspot.admissible(map, 'q', given), ['0.5,0.25', '1,0'])
})

test('Nothing of the areas is shown, and of labels not where they belong.', () => {
  assert.deepEqual(hotspot.open(map, same), { picture, points: 2 })
  const open = labelling.open(
    labellingBody.parse({
      picture,
      targets: [{ id: 's', x: 0.1, y: 0.2 }],
      labels: [
        { id: 'x', content: 'Lake' },
        { id: 'y', content: 'Dam' },
      ],
      pairs: { s: 'x' },
    }),
    parts => parts.toReversed(),
  )
  assert.deepEqual(Object.keys(open), ['picture', 'targets', 'labels'])
  assert.equal(open.labels.map(({ id }) => id).join(''), 'yx')
})

test('An area comes back from its mark as it was, its name included.', () => {
  const corners = [
    { x: 0.1, y: 0.2 },
    { x: 0.3, y: 0.4 },
    { x: 0.25, y: 0.6 },
  ]
  for (const area of [square, round, { name: '', shape: 'polygon' as const, corners }]) {
    const { id: _, ...plain } = { id: '', ...area }
    assert.deepEqual(readArea(areaText({ ...plain, name: 'Lake Kariba, west' })), {
      ...plain,
      name: 'Lake Kariba, west',
    })
  }
  assert.equal(readArea('Lake Kariba'), null)
  assert.equal(readPoint('0.5,0.5,0.5'), null)
})

test('A picture question that cannot be marked is refused, with what is missing.', () => {
  const faultOf = (part: Partial<typeof map>, survey = false) =>
    hotspot.fault({ ...map, ...part }, '', survey)
  assert.equal(faultOf({}), null)
  assert.equal(faultOf({ picture: null }), 'picture_missing')
  assert.equal(faultOf({ picture: { ...picture, alt: ' ' } }), 'picture_undescribed')
  assert.equal(faultOf({ areas: [] }), 'area_missing')
  assert.equal(faultOf({ areas: [] }, true), null)
  assert.equal(faultOf({ points: 1 }), 'too_few_points')
  assert.equal(faultOf({ areas: [square, square] }), 'duplicate_part')
  assert.equal(faultOf({ areas: [{ ...round, radius: 0.001 }] }), 'area_too_small')
  const empty = labellingBody.parse({ picture, targets: [], labels: [], pairs: {} })
  assert.equal(labelling.fault(empty, '', false), 'target_missing')
  const targets = [{ id: 's', x: 0, y: 0 }]
  assert.equal(labelling.fault({ ...empty, targets }, '', false), 'unmatched_item')
})

test('An address that is no file of a course is no picture.', () => {
  for (const address of [
    'https://elsewhere.example/x.png',
    `${picture.address}"onload=`,
    'javascript:alert(1)',
  ])
    assert.ok(!hotspotBody.safeParse({ picture: { ...picture, address }, areas: [] }).success, address)
})

test('Labels are marked place by place.', () => {
  const body = labellingBody.parse({
    picture,
    targets: [
      { id: 's', x: 0.1, y: 0.2 },
      { id: 't', x: 0.5, y: 0.2 },
    ],
    labels: [
      { id: 'x', content: 'Lake' },
      { id: 'y', content: 'Dam' },
    ],
    pairs: { s: 'x', t: 'y' },
  })
  assert.deepEqual(labelling.admissible(body, 'q', ['s x', 't q', 'u x']), ['s x'])
  assert.deepEqual(
    labelling.marks('q', body, { q: ['s x', 't x'] }).map(({ reason }) => reason),
    ['right', 'wrong'],
  )
  assert.deepEqual(labelling.tell(body, 'q', ['t x']), { part: '[2]', answer: 'Lake', right: false })
})
