-- The surveys of what is there already are told to those who keep a copy.
with surveys as (
  update quizzes set results_revision = results_revision + 1 where kind = 'survey'
  returning id, course_id, organization_id, results_revision
)
insert into outbox (id, name, organization_id, payload, correlation_id)
select gen_random_uuid(), 'quiz.kind_set', organization_id,
  jsonb_build_object('quizId', id, 'courseId', course_id, 'organizationId', organization_id, 'kind', 'survey',
    'revision', results_revision),
  gen_random_uuid()::text
from surveys;
