'use client'
import { createContext, use } from 'react'

/** The id of the course whose quiz is edited: pictures are files of it. */
export const CourseOfEditor = createContext('')
export const useCourseOfEditor = () => use(CourseOfEditor)
