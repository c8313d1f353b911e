-- Copies of what assessment owns, fed by its events: the quizzes whose learners are not told their score. It is in no
-- certificate and no export either.
create table hidden_scores (
  organization_id uuid not null,
  quiz_id uuid primary key,
  course_id uuid not null
);
create index hidden_scores_of_course on hidden_scores (course_id);

select protect_by_organization('hidden_scores');
