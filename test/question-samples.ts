import type { Person } from './api.ts'

/** A question of each type with a body, with words that only its key has, for tests. */

type Input = NonNullable<Parameters<Person['api']['assessment']['createQuiz']>[0]['questions']>[number]

/**
 * Stand in the key and nowhere else: anyone who reads one of them before grading was told the answer. None is to be found
 * by chance in an id or a time.
 */
export const keyWords = [
  'Kariba',
  'secret-praise',
  '2574.0625',
  '1355.0625',
  'Okavango',
  'Etosha',
  '3w(w+2)',
  'rightBank',
]

export const gapIds = {
  text: '0190a000-0000-7000-8000-0000000000a1',
  number: '0190a000-0000-7000-8000-0000000000a2',
  choice: '0190a000-0000-7000-8000-0000000000a3',
}

export const itemIds = {
  sum: '0190a000-0000-7000-8000-0000000000b1',
  bank: '0190a000-0000-7000-8000-0000000000b2',
}

/** Adds two numbers that are drawn for each attempt, and asks for a bank; one point each. */
const item = `<assessmentItem identifier="boats">
<responseDeclaration identifier="SUM" cardinality="single" baseType="integer"/>
<responseDeclaration identifier="BANK" cardinality="single" baseType="identifier"><correctResponse><value>rightBank</value></correctResponse></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<templateDeclaration identifier="A" cardinality="single" baseType="integer"/>
<templateDeclaration identifier="B" cardinality="single" baseType="integer"/>
<templateProcessing>
<setTemplateValue identifier="A"><randomInteger min="100" max="899"/></setTemplateValue>
<setTemplateValue identifier="B"><randomInteger min="10" max="99"/></setTemplateValue>
<setCorrectResponse identifier="SUM"><sum><variable identifier="A"/><variable identifier="B"/></sum></setCorrectResponse>
</templateProcessing>
<responseProcessing>${['SUM', 'BANK']
  .map(
    name =>
      `<responseCondition><responseIf><match><variable identifier="${name}"/><correct identifier="${name}"/></match><setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/><baseValue baseType="float">1</baseValue></sum></setOutcomeValue></responseIf></responseCondition>`,
  )
  .join('')}</responseProcessing>
</assessmentItem>`

const part = (id: string, text: string) => ({ id, content: `<p>${text}</p>` })

export const sampleQuestions: Input[] = [
  {
    type: 'short_text',
    content: '<p>Which dam holds back the Zambezi?</p>',
    body: {
      answers: [{ text: 'Kariba', feedback: '<p>secret-praise</p>' }],
      spelling: 'tolerant',
    },
  },
  {
    type: 'numeric',
    content: '<p>How long is the river?</p>',
    body: { answers: [{ value: '2574.0625', tolerance: '10' }], unit: { symbol: 'km' } },
  },
  {
    type: 'formula',
    content: '<p>A field along the river is w wide and 2 longer. How much do three of them hold?</p>',
    body: { answers: [{ expression: '3w(w+2)' }], variables: [{ name: 'w', from: 1, to: 5 }] },
  },
  {
    type: 'matching',
    content: '<p>Where does each river end?</p>',
    points: 2,
    body: {
      items: [part('a', 'Zambezi'), part('b', 'Orange')],
      choices: [part('x', 'Indian Ocean'), part('y', 'Atlantic Ocean'), part('z', 'Red Sea')],
      pairs: { a: 'x', b: 'y' },
    },
  },
  {
    type: 'categories',
    content: '<p>On which side of Africa is each country?</p>',
    points: 2,
    body: {
      items: [part('a', 'Namibia'), part('b', 'Kenya')],
      choices: [part('w', 'West'), part('e', 'East')],
      pairs: { a: 'w', b: 'e' },
    },
  },
  {
    type: 'ordering',
    content: '<p>Put the way of water in order.</p>',
    points: 3,
    body: { items: [part('a', 'Rain falls'), part('b', 'Streams gather'), part('c', 'The river rises')] },
  },
  {
    type: 'cloze',
    content: '<p>The [[1]] ends in a desert. It drops [[2]] metres and flows [[3]].</p>',
    points: 4,
    body: {
      gaps: [
        { id: gapIds.text, kind: 'short_text', weight: 2, body: { answers: [{ text: 'Okavango' }] } },
        { id: gapIds.number, kind: 'numeric', body: { answers: [{ value: '1355.0625' }] } },
        {
          id: gapIds.choice,
          kind: 'inline_choice',
          body: {
            options: [
              { id: 'e', text: 'east', correct: true },
              { id: 'w', text: 'west', correct: false },
            ],
          },
        },
      ],
    },
  },
  {
    type: 'item',
    content: '<p>{{A}} boats and {{B}} boats on the Zambezi make [[1]]. They land on the [[2]].</p>',
    points: 2,
    body: {
      source: item,
      parts: [
        { id: itemIds.sum, response: 'SUM', kind: 'text', prompt: '', most: 1, options: [], targets: [] },
        {
          id: itemIds.bank,
          response: 'BANK',
          kind: 'inline_choice',
          prompt: '',
          most: 1,
          options: [
            { id: 'k1', name: 'leftBank', content: 'left bank' },
            { id: 'k2', name: 'rightBank', content: 'right bank' },
          ],
          targets: [],
        },
      ],
    },
  },
]

/** Those that ask about a picture, which is a file of the course: 192 pixels square. */
export function pictureQuestions(fileUrl: string): Input[] {
  const picture = { address: fileUrl, alt: 'A map with two lakes', width: 192, height: 192 }
  return [
    {
      type: 'hotspot',
      content: '<p>Mark the two lakes north of the Zambezi.</p>',
      points: 2,
      body: {
        picture,
        points: 2,
        areas: [
          { id: 'a', name: 'Etosha', shape: 'circle', x: 0.2, y: 0.2, radius: 0.1 },
          { id: 'b', name: 'Etosha East', shape: 'rectangle', x: 0.6, y: 0.6, width: 0.3, height: 0.3 },
        ],
      },
    },
    {
      type: 'labelling',
      content: '<p>Which is which along the Zambezi?</p>',
      points: 2,
      body: {
        picture,
        targets: [
          { id: 's', x: 0.3, y: 0.3 },
          { id: 't', x: 0.7, y: 0.7 },
        ],
        labels: [part('x', 'Source'), part('y', 'Mouth'), part('z', 'Delta')],
        pairs: { s: 'x', t: 'y' },
      },
    },
  ]
}
