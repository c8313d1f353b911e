import type { Work } from './work.ts'
export function openDispute(_work: Work, _id: string): void {}
