import { v5 as uuidv5 } from 'uuid'

/** The booking of what a course brought of a payment. */
export const saleOf = (paymentId: string, courseId: string): string => uuidv5(courseId, paymentId)
