import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupsIn } from './read-groups.ts'

const learner = (userId: string, name: string) => ({
  userId,
  name,
  email: `${userId}@School.example`,
  groupIds: [],
})
const learners = [
  learner('ayanda', 'Ayanda Khumalo'),
  learner('sipho', 'Sipho Ndlovu'),
  learner('other', 'Sipho Ndlovu'),
]
const titles = { name: 'Nombre', email: 'Correo', group: 'Grupo' }

test('Learners are found by email, or by a name that one of them has, whatever the columns are called.', () => {
  const rows = [
    ['AYANDA@school.example', '', 'Reds'],
    ['sipho@school.example', 'Sipho Ndlovu', 'reds; Blues'],
    ['', '', ''],
  ]
  const groups = [
    { name: 'Reds', userIds: ['ayanda', 'sipho'] },
    { name: 'Blues', userIds: ['sipho'] },
  ]
  assert.deepEqual(groupsIn([['Email', 'Name', 'Group'], ...rows], learners, titles), {
    groups,
    problems: [],
  })
  assert.deepEqual(groupsIn([['correo', 'nombre', 'grupo'], ...rows], learners, titles)?.groups, groups)
  assert.deepEqual(
    groupsIn(
      [
        ['Name', 'Groups'],
        ['ayanda khumalo', "'=Reds"],
      ],
      learners,
      titles,
    )?.groups,
    [{ name: '=Reds', userIds: ['ayanda'] }],
  )
})

test('Rows of no one, of several with one name, and without a group are told with their number.', () => {
  const read = groupsIn(
    [
      ['Name', 'Group'],
      ['Nobody', 'Reds'],
      ['Sipho Ndlovu', 'Reds'],
      ['Ayanda Khumalo', ' '],
    ],
    learners,
    titles,
  )
  assert.deepEqual(read, {
    groups: [],
    problems: [
      { row: 2, who: 'Nobody', problem: 'learner_unknown' },
      { row: 3, who: 'Sipho Ndlovu', problem: 'several_named' },
      { row: 4, who: 'Ayanda Khumalo', problem: 'group_missing' },
    ],
  })
})

test('A file without a column of learners or of groups is none.', () => {
  assert.equal(
    groupsIn(
      [
        ['Email', 'Team'],
        ['ayanda@school.example', 'Reds'],
      ],
      learners,
      titles,
    ),
    null,
  )
  assert.equal(
    groupsIn(
      [
        ['Group', 'Points'],
        ['Reds', '3'],
      ],
      learners,
      titles,
    ),
    null,
  )
})

test('a row that says no one is no one, also where a learner has no name yet', () => {
  const nameless = [{ userId: 'u9', name: '', email: '', groupIds: [] }]
  const told = groupsIn(
    [
      ['Email', 'Group'],
      ['', 'Reds'],
    ],
    nameless,
    { name: 'Name', email: 'Email', group: 'Group' },
  )
  assert.deepEqual(told?.groups, [])
})
