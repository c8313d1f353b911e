import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contract, contractV2, fileContract } from '@azora/contracts/contract.ts'
import { errorCodes } from '@azora/contracts/errors.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import { allFiles, read } from './repository.ts'

/**
 * The product speaks plain English, with one name for one thing. The glossary says which words are not used; this
 * looks for them in everything that people read: interface, errors, emails, reference and documents.
 */

const glossary = 'docs/glossary.md'
const thisFile = 'tidy/words.test.ts'

const forbidden = read(glossary)
  .split('\n')
  .filter(line => line.startsWith('| ') && !line.includes('---') && !/\| Not +\|$/.test(line))
  .flatMap(line => {
    const cells = line.slice(1, -1).split('|')
    const instead = (cells[0] ?? '').trim()
    return (cells.at(-1) ?? '')
      .split(',')
      .map(word => word.trim())
      .filter(Boolean)
      .map(word => ({ word, instead, pattern: new RegExp(`(?<![\\w-])${word}(?![\\w-])`, 'i') }))
  })

// A letter of the alphabet is a letter.
const alphabet =
  /\b(?:capital|small|lower-case) letters?\b|\bletters?(?=,? (?:and|or) (?:digits?|numbers?)\b|, digits)/gi

type Text = { place: string; text: string }

function faultsOf(texts: Text[]): string[] {
  return texts.flatMap(({ place, text }) =>
    forbidden
      .filter(({ pattern }) => pattern.test(text.replace(alphabet, '')))
      .map(({ word, instead }) => `${place}: "${word}" (write: ${instead})`),
  )
}

/** Every string of a JSON file, with where it is. */
function stringsOf(value: unknown, place: string): Text[] {
  // What a value is called inside a sentence is not read by people.
  if (typeof value === 'string') return [{ place, text: value.replace(/\{\w+/g, '{') }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => stringsOf(inner, `${place} ${key}`))
}

test('The glossary has words to look for.', () => {
  assert.ok(forbidden.length > 30)
  assert.equal(faultsOf([{ place: 'here', text: 'We sent you a letter.' }]).length, 1)
  assert.deepEqual(
    faultsOf([{ place: 'here', text: 'A capital letter, or letters and digits, in an email.' }]),
    [],
  )
})

test('The interface uses the words of the glossary.', () => {
  const files = allFiles.filter(path => /\/messages\/[\w.]+\.json$/.test(path))
  assert.ok(files.length > 5)
  assert.deepEqual(faultsOf(files.flatMap(path => stringsOf(JSON.parse(read(path)), path))), [])
})

test('Errors and the reference use the words of the glossary.', () => {
  const errors = Object.entries(errorCodes).map(([code, { message }]) => ({
    place: `error ${code}`,
    text: message,
  }))
  const operations = [contract, contractV2, fileContract].flatMap(contracts =>
    Object.entries(contracts).flatMap(([service, procedures]) =>
      Object.entries(procedures as Record<string, AnyContractProcedure>).flatMap(([name, procedure]) => {
        const { summary = '', description = '' } = procedure['~orpc'].route
        return [{ place: `${service}.${name}`, text: `${summary} ${description}` }]
      }),
    ),
  )
  assert.deepEqual(faultsOf([...errors, ...operations]), [])
})

test('Documents use the words of the glossary.', () => {
  const files = allFiles.filter(path => path.endsWith('.md') && path !== glossary)
  const texts = files.flatMap(path =>
    // Code and quoted names of tests keep their words; a quotation of ours is marked as code.
    read(path)
      .replace(/```[\s\S]*?```/g, block => block.replace(/[^\n]/g, ''))
      .split('\n')
      .map((text, at) => ({
        place: `${path}:${at + 1}`,
        text: text.replace(/`[^`]*`|\]\([^)]*\)|"[^"]*"/g, ''),
      })),
  )
  assert.deepEqual(faultsOf(texts), [])
})

test('Code, comments and names of tests are free of words that no one uses.', () => {
  // A landed migration stays as it is; the glossary and this file name the words.
  const exempt = (path: string) => path.includes('/migrations/') || [glossary, thisFile].includes(path)
  const files = allFiles.filter(path => /\.(?:tsx?|mjs|css|html|sql|md|ya?ml)$/.test(path) && !exempt(path))
  assert.ok(files.length > 500)
  const faults = files.flatMap(path =>
    read(path)
      .split('\n')
      .flatMap((line, at) => (/\bwhoever\b/i.test(line) ? [`${path}:${at + 1} (write: anyone who)`] : [])),
  )
  assert.deepEqual(faults, [])
})

test('Emails use the words of the glossary.', () => {
  const files = allFiles.filter(
    path => /^services\/\w+\/(?:letters|emails)\/[\w-]+\.ts$/.test(path) && !path.endsWith('.test.ts'),
  )
  assert.ok(files.length > 3)
  const texts = files.flatMap(path =>
    [...read(path).matchAll(/'((?:[^'\\\n]|\\.){12,})'|`((?:[^`\\]|\\.){12,})`/g)].map(
      ([, plain, template]) => ({
        place: path,
        text: (plain ?? template ?? '').replace(/\$\{[^}]*\}/g, ''),
      }),
    ),
  )
  assert.deepEqual(faultsOf(texts), [])
})
