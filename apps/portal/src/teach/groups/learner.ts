export type Learner = { userId: string; name: string; email: string; groupIds: string[] }
