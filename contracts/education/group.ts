import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { growing, id, line } from '../wire.ts'
import { byCourse, tags } from './shapes.ts'

/** The groups of a course: who works with whom. A learner may be in several (decision 0059). */

const group = z.object({
  id: id.meta({ description: 'Identifies the group.' }),
  name: z.string().meta({ description: 'What the group is called.', examples: ['River team'] }),
  memberCount: z
    .number()
    .int()
    .meta({ description: 'How many learners are in the group.', examples: [4] }),
})

const courseGroups = z.object({
  courseId: id,
  revision: z
    .number()
    .int()
    .meta({
      description: 'Counts the changes of the groups. Send it back to apply a plan that was made on it.',
      examples: [7],
    }),
  shownToMembers: z
    .boolean()
    .meta({ description: 'Whether learners see their groups, and the names of who is in them.' }),
  learnerCount: z.number().int(),
  ungroupedCount: z
    .number()
    .int()
    .meta({ description: 'How many learners are in no group.', examples: [3] }),
  items: z.array(group),
})

const groupName = line(limits.groupNameLength).meta({
  description: 'What the group is called; each name once in a course, in whatever letters.',
  examples: ['River team'],
})
const byGroup = z.object({ groupId: id.meta({ description: 'Identifies the group.' }) })
const learners = z
  .array(id)
  .min(1)
  .max(limits.learnersOfChange)
  .meta({ description: 'The learners, by their ids.' })

export const groupOperations = {
  listGroups: operation({
    method: 'GET',
    path: '/education/courses/{courseId}/groups',
    access: 'course.author',
    tags,
    summary: 'The groups of a course that you teach. Who is in which group, the roster says.',
  })
    .input(byCourse)
    .output(courseGroups),
  createGroup: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/groups',
    access: 'course.author',
    tags,
    successStatus: 201,
    summary: 'Add an empty group to a course.',
  })
    .input(byCourse.extend({ name: groupName }))
    .output(courseGroups),
  renameGroup: operation({
    method: 'PATCH',
    path: '/education/groups/{groupId}',
    access: 'course.author',
    tags,
    summary: 'Rename a group.',
  })
    .input(byGroup.extend({ name: groupName }))
    .output(courseGroups),
  deleteGroup: operation({
    method: 'DELETE',
    path: '/education/groups/{groupId}',
    access: 'course.author',
    tags,
    summary: 'Delete a group, with what it was given. Its learners stay in the course.',
  })
    .input(byGroup)
    .output(courseGroups),
  moveLearners: operation({
    method: 'POST',
    path: '/education/courses/{courseId}/group-members',
    access: 'course.author',
    tags,
    successStatus: 200,
    summary: 'Put learners into a group, take them out of groups, or both at once.',
  })
    .input(
      byCourse.extend({
        userIds: learners,
        addToId: id
          .nullable()
          .default(null)
          .meta({ description: 'The group that they come into; null for none.' }),
        removeFromIds: z
          .array(id)
          .max(limits.groupsOfCourse)
          .default([])
          .meta({ description: 'The groups that they leave. They stay in the one that they come into.' }),
      }),
    )
    .output(courseGroups),
  assignGroups: operation({
    method: 'PUT',
    path: '/education/courses/{courseId}/group-members',
    access: 'course.author',
    tags,
    summary:
      'Put many learners into groups by name, such as by a file. Groups that are not there are made. With `apply` false it only says what would happen. What was planned on an older `revision` is refused: `conflict`.',
  })
    .input(
      byCourse.extend({
        apply: z.boolean().meta({ description: 'Whether to do it; false to look first.' }),
        revision: z
          .number()
          .int()
          .optional()
          .meta({
            description: 'The revision that the plan was made on; it has to be given to apply it.',
            examples: [7],
          }),
        groups: z
          .array(z.object({ name: groupName, userIds: learners }))
          .min(1)
          .max(limits.groupsOfCourse)
          .meta({ description: 'The groups, each with the learners who come into it.' }),
      }),
    )
    .output(
      z.object({
        applied: z.boolean().meta({ description: 'Whether it was done.' }),
        revision: z
          .number()
          .int()
          .meta({ description: 'The revision of the groups now.', examples: [8] }),
        groups: z
          .array(
            z.object({
              name: z.string().meta({ description: 'What the group is called.', examples: ['River team'] }),
              isNew: z.boolean().meta({ description: 'Whether the group is made by this.' }),
              addedIds: z.array(id).meta({ description: 'The learners who come into it.' }),
              alreadyCount: z
                .number()
                .int()
                .meta({ description: 'How many of them are in it already.', examples: [2] }),
            }),
          )
          .meta({ description: 'What happens to each group.' }),
        problems: z
          .array(
            z.object({
              userId: id,
              problem: z.enum(['learner_unknown']).meta({
                ...growing,
                description: 'Why this learner is passed over.',
                examples: ['learner_unknown'],
              }),
            }),
          )
          .meta({ description: 'The learners who are passed over.' }),
      }),
    ),
  setGroupsShown: operation({
    method: 'PUT',
    path: '/education/courses/{courseId}/groups/shown',
    access: 'course.author',
    tags,
    summary: 'Set whether learners see their groups, with the names of who is in them.',
  })
    .input(
      byCourse.extend({
        shownToMembers: z.boolean().meta({ description: 'Whether learners see their groups.' }),
      }),
    )
    .output(courseGroups),
}
