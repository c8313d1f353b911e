/** Someone who has accounts with the stand-ins of the providers. */
export type OutsidePerson = {
  /** Their subject at Google and Apple. */
  id: string
  /** Their number at GitHub. */
  number: number
  login: string
  givenName: string
  familyName: string
  email: string
  emailVerified: boolean
}

/** Nobody of the demo school, except the one whose address Thabo's account has there. */
export const outsidePeople: OutsidePerson[] = [
  {
    id: 'outside-amahle',
    number: 1001,
    login: 'amahle',
    givenName: 'Amahle',
    familyName: 'Ndlovu',
    email: 'amahle@outside.example',
    emailVerified: true,
  },
  {
    id: 'outside-thabo',
    number: 1002,
    login: 'thabo',
    givenName: 'Thabo',
    familyName: 'Mokoena',
    email: 'thabo@ubuntu.example',
    emailVerified: true,
  },
  {
    id: 'outside-zanele',
    number: 1003,
    login: 'zanele',
    givenName: 'Zanele',
    familyName: 'Dlamini',
    email: 'zanele@outside.example',
    emailVerified: false,
  },
]

export function personOf(id: string): OutsidePerson | undefined {
  return outsidePeople.find(person => person.id === id)
}
