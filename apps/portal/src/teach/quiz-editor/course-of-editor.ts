'use client'
import { createContext, use } from 'react'

/** The id of the course whose quiz is edited: pictures are files of it. */
export const CourseOfEditor = createContext('')
export const useCourseOfEditor = () => use(CourseOfEditor)

/** The id of the quiz, once it was saved: its variants have their numbers by it. */
export const QuizOfEditor = createContext<string | null>(null)
export const useQuizOfEditor = () => use(QuizOfEditor)
